"""A client list comes in, one client is looked after, the lead's numbers move, and the list is taken back again."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from crm.ground import clock
from tests.browser.conftest import at, live

Visit = Callable[..., Page]

CHINESE = ("星河资本", "云杉量化", "青松基金", "白鹭科技", "长风投资", "墨石矿业", "听雨控股", "远山资管")
NORTHLIGHT = "743072917935893797"  # Tomas's client since before: the list lifts its tier


def client_list() -> bytes:
    """30 rows: 28 new clients, one known client with another tier, and one whose UID a spreadsheet has rounded."""
    lines = ["UID,Client Name,E-mail,VIP Level,Account Manager,Country"]
    for place in range(28):
        name = CHINESE[place] if place < len(CHINESE) else f"Larch Trading {place:02}"
        manager, country = ("mei", "CN") if place % 2 == 0 else ("tomas", "NO")
        uid, tier = 610_204_815_377_000_401 + 977 * place, 1 + place % 3
        lines.append(f"{uid},{name},client{place}@larch.example,VIP{tier},{manager}@desk.example,{country}")
    lines.append(f"{NORTHLIGHT},Northlight,desk@northlight.example,VIP5,tomas@desk.example,NO")
    lines.append("6.10205E+17,Rounded Uid,rounded@larch.example,VIP1,mei@desk.example,CN")
    return "\n".join(lines).encode("utf-8-sig")


def trading() -> bytes:
    """Two days of the clients who were here before the list came: so the Leadership page has days to speak of."""
    today = clock.exchange_today()
    days = [today - timedelta(days=1), today]
    rows = [f"{uid},{day},spot,250000,125" for uid in ("743072917935893796", NORTHLIGHT) for day in days]
    return "\n".join(["UID,Day,Product,Volume (USD),Fees (USD)", *rows]).encode()


def drop(page: Page, name: str, content: bytes) -> None:
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def preview(page: Page) -> None:
    expect(live(page).get_by_text("Nothing is written yet.")).to_be_visible()


def look_at_the_columns(page: Page) -> None:
    """They were certain, so that the preview came first."""
    live(page).get_by_role("button", name="Columns and options").click()
    live(page).get_by_role("button", name="Show what would happen").click()


def apply(page: Page, rows: str) -> None:
    live(page).get_by_role("button", name=f"Apply: {rows} rows").click()
    expect(page.get_by_text("Applied on")).to_be_visible(timeout=60_000)


def tile(page: Page, label: str) -> Locator:
    """The value of a number on the Leadership page."""
    return page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue")


def cells(page: Page) -> Locator:
    """What a table says to those who cannot see it drawn."""
    return page.locator("[role=gridcell]")


def open_client(page: Page, name: str) -> None:
    page.goto("/clients")
    page.get_by_role("searchbox").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 to 1 of 1")).to_be_visible()
    # The table is a drawing: the name of the first line stands to the right of its box.
    page.get_by_test_id("stDataFrame").click(position={"x": 80, "y": 52})
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def write_day(field: Locator, day: str) -> None:
    field.get_by_role("spinbutton").first.click()
    field.page.keyboard.type(day.replace("-", ""))


def the_list_is_brought_in(lead: Page) -> str:
    """She is told what it would do before it does it; gives where the certificate stands."""
    drop(lead, "east.csv", client_list())
    preview(lead)
    look_at_the_columns(lead)
    preview(lead)
    expect(live(lead).get_by_text("30 rows in the file")).to_be_visible()
    for told in ("All 30", "New 28", "Changed 1", "Refused 1"):
        expect(live(lead).get_by_role("radio", name=told)).to_be_visible()
    for told in ("星河资本", "Mei Lin"):
        expect(cells(lead).filter(has_text=told)).not_to_have_count(0)
    apply(lead, "29")
    expect(lead.get_by_text("30 rows in the file = 28 New + 1 Changed + 0 Unchanged + 1 Refused")).to_be_visible()
    return lead.url


def the_trading_is_brought_in(lead: Page) -> None:
    lead.goto("/imports")
    drop(lead, "trading.csv", trading())
    preview(lead)
    apply(lead, "4")


def a_consultation_is_logged(mei: Page) -> None:
    """What was said and by when; nothing else is asked for beside the client."""
    mei.get_by_test_id("stMain").get_by_role("link", name="Log").click()
    expect(mei).to_have_url(at("/log"))
    live(mei).get_by_role("button", name="Log it").click()
    expect(mei.get_by_text("Write what was said first.")).to_be_visible()
    live(mei).get_by_label("What was said").fill("Asked for the fee schedule of VIP2; wants an answer today.")
    write_day(live(mei).get_by_test_id("stDateInput"), clock.today("Asia/Shanghai").isoformat())
    live(mei).get_by_role("button", name="Log it").click()
    expect(mei.get_by_text("Logged.")).to_be_visible()
    expect(live(mei).get_by_label("What was said")).to_have_value("")


def what_is_due_today_is_done(mei: Page, outcome: str) -> None:
    mei.goto("/")
    expect(mei.get_by_role("heading", name="Due today · 1")).to_be_visible()
    mei.locator("[class*=st-key-task_today]").get_by_role("button").first.click()
    dialog = mei.get_by_role("dialog")
    dialog.get_by_label("What came of it").fill(outcome)
    dialog.get_by_role("button", name="Done").click()
    expect(mei.get_by_text("Done.")).to_be_visible()
    expect(mei.get_by_role("heading", name="Due today")).to_have_count(0)


def the_tier_is_corrected(mei: Page, tier: str) -> None:
    mei.goto(f"{mei.url}&tab=details")
    mei.get_by_label("Tier").fill(tier)
    mei.get_by_label("Tier").press("Enter")
    mei.get_by_role("button", name="Save").click()
    expect(mei.get_by_text("Saved.")).to_be_visible()


def the_list_is_taken_back(lead: Page, certificate: str) -> None:
    """28 clients, as many e-mails, a tier and an e-mail came in; all but two clients go again."""
    lead.goto(certificate)
    lead.get_by_role("button", name="Take it back").click()
    live(lead).get_by_role("button", name="Yes, take it back").click()
    expect(lead.get_by_text("This import was taken back.")).to_be_visible()
    expect(lead.get_by_text("56 entries of the journal were put back; 2 left alone:")).to_be_visible()
    for told in ("星河资本", "something newer refers to it", "青松基金", "somebody changed it since"):
        expect(cells(lead).filter(has_text=told)).to_have_count(1)


def test_a_list_comes_in_a_promise_is_kept_the_numbers_move_and_the_list_goes_again(come_in: Visit) -> None:
    lead = come_in("nadia", to="/imports")
    certificate = the_list_is_brought_in(lead)
    the_trading_is_brought_in(lead)
    lead.goto("/leadership")
    expect(tile(lead, "Active VIPs")).to_have_text("2")
    expect(tile(lead, "Volume")).to_have_text("$500K")
    expect(tile(lead, "Contact coverage")).to_have_text("0%")

    mei = come_in("mei")
    expect(mei.get_by_role("heading", name="My day")).to_be_visible()
    open_client(mei, "星河资本")
    a_consultation_is_logged(mei)
    what_is_due_today_is_done(mei, "Sent the schedule; they will trade options.")

    # One of the 31 clients of the team that have a tier.
    lead.reload()
    expect(tile(lead, "Contact coverage")).to_have_text("3.2%")

    open_client(mei, "青松基金")
    the_tier_is_corrected(mei, "VIP4")
    the_list_is_taken_back(lead, certificate)

    open_client(mei, "星河资本")
    expect(mei.get_by_text("Sent the schedule; they will trade options.")).to_be_visible()
    open_client(mei, "青松基金")
    expect(mei.get_by_test_id("stMain").get_by_text("VIP4", exact=True)).to_be_visible()
    mei.goto("/clients?q=长风投资")
    expect(mei.get_by_text("Nobody is found by")).to_be_visible()
    tomas = come_in("tomas", to="/clients?q=Northlight")
    expect(cells(tomas).filter(has_text="VIP2")).to_have_count(1)
