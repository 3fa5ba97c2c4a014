"""What leaves the house: whole, harmless, allowed, and written down."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from crm import db, exports, insights, interactions, journal, people, tasks, trading
from crm.clients import ClientFilter
from crm.clients.models import AttributeDefinition, Client, ContactMethod
from crm.exports import Layout, Selection, cells
from crm.ground.errors import CrmError, InvalidError, NotAllowedError
from crm.intake.kinds import KINDS
from crm.reading import read
from tests.cast import DESK, Cast


def csv_of(viewer: people.Person, name: str, wanted: ClientFilter | None = None) -> str:
    return exports.download(viewer, name, selection=Selection(filter=wanted))[1].decode("utf-8-sig")


def objects_of(viewer: people.Person, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(exports.download(viewer, name, layout=Layout.JSON)[1])
    return found


def newest() -> journal.ChangeSet:
    with db.read() as session:
        return journal.recent(session, limit=1)[0]


def trade(cast: Cast) -> None:
    with db.write(by=DESK, why="a day") as session:
        session.add(
            trading.DailyActivity(
                number=cast.harbour.number,
                day=date(2026, 3, 14),
                product="spot",
                instrument="BTC-USDT",
                volume_usd=Decimal("1234567890123456.12345678"),
                fees_usd=Decimal("-5.20"),
                trades=3,
            )
        )


def test_a_manager_exports_their_own_clients_only(cast: Cast) -> None:
    lines = csv_of(cast.mei, "clients").splitlines()

    assert [line.split(",")[2] for line in lines[1:]] == ["莲花资本", "Harbour Capital"]
    assert "desk@harbour.example" in lines[2]
    assert "mei@desk.example" in lines[2]


def test_an_admin_may_not_export_and_nothing_is_journalled(cast: Cast) -> None:
    before = newest().id

    with pytest.raises(NotAllowedError):
        exports.download(cast.ada, "clients")

    assert newest().id == before


def test_an_export_is_written_down_with_its_rows_and_filter(cast: Cast) -> None:
    csv_of(cast.mei, "clients", ClientFilter(tiers=("VIP4",)))

    made = newest()
    assert (made.kind, made.made_by, made.changes) == ("export", cast.mei.id, 0)
    assert str(made.reason) == "Export of clients: 1 row, only Tiers VIP4"
    with db.read() as session:
        assert journal.first_broken(session) is None


def test_typed_words_are_not_written_down(cast: Cast) -> None:
    csv_of(cast.mei, "clients", ClientFilter(text="harbour", tiers=("VIP4",)))

    assert str(newest().reason) == "Export of clients: 1 row, only typed words; Tiers VIP4"


def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe_and_numbers_do_not(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        client = session.get_one(Client, cast.harbour.id)
        client.name, client.notes, client.tags = '=HYPERLINK("x")', "@SUM(1)", ["-cmd' /C'", "b"]
        session.add(ContactMethod(client_id=client.id, kind="phone", value="+85251006906"))
    trade(cast)

    text = csv_of(cast.mei, "clients")

    assert '"\'=HYPERLINK(""x"")"' in text
    assert ",'@SUM(1),'-cmd' /C';b," in text
    assert ",+85251006906," in text
    assert ",-5.2," in csv_of(cast.mei, "daily_activity")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("-5.2", "-5.2"),
        ("-5.2x", "'-5.2x"),
        ("\tx", "'\tx"),
        ("+1 2", "'+1 2"),
        ("\uff1d1", "'\uff1d1"),
        ("", ""),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0E-8"), "0"),
        (datetime(2026, 3, 1, tzinfo=UTC), "2026-03-01T00:00:00+00:00"),
        (True, "true"),
    ],
)
def test_a_cell(value: object, written: str) -> None:
    assert cells.harmless(value) == written


def test_json_is_typed_and_keeps_every_digit(cast: Cast) -> None:
    trade(cast)

    content = exports.download(cast.mei, "daily_activity", layout=Layout.JSON)[1].decode()
    clients = objects_of(cast.mei, "clients")

    assert '"volume_usd":1234567890123456.12345678' in content
    assert (clients[1]["email"], clients[1]["tags"]) == ("desk@harbour.example", [])
    assert (clients[1]["country"], clients[1]["manager"]) == ("HK", "mei@desk.example")
    assert clients[1]["uid"] == "743072917935893796"


def test_a_workbook_has_no_formula_and_no_damaged_uid(cast: Cast, tmp_path: Path) -> None:
    with db.write(by=cast.mei) as session:
        session.get_one(Client, cast.harbour.id).name = "=1+1"
    target = tmp_path / "clients.xlsx"

    rows = exports.write_file(cast.mei, "clients", target, layout=Layout.XLSX)

    sheet = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows == 2
    assert sheet[2][1:3] == ["743072917935893796", "=1+1"]


def test_several_handles_and_own_fields_have_columns_of_their_own(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        session.add_all(
            [
                AttributeDefinition(name="Desk size", label="Desk size"),
                AttributeDefinition(name="Country", label="Country"),
            ]
        )
        client = session.get_one(Client, cast.harbour.id)
        client.attributes, client.country = {"Desk size": "24", "Country": "Atlantis"}, None
        session.add(ContactMethod(client_id=client.id, kind="email", value="second@harbour.example"))
        session.add(ContactMethod(client_id=client.id, kind="x", value="harbour"))

    header, lotus, harbour = (line.split(",") for line in csv_of(cast.mei, "clients").splitlines())

    found = dict(zip(header, harbour, strict=True))
    assert (found["email"], found["email_2"], found["x"]) == (
        "desk@harbour.example",
        "second@harbour.example",
        "harbour",
    )
    assert (found["Desk size"], found["Country (attribute)"], found["country"]) == ("24", "Atlantis", "")
    assert dict(zip(header, lotus, strict=True))["country"] == "CN"


def test_history_is_exported_with_its_client_and_person(cast: Cast) -> None:
    with db.write(by=cast.mei) as session:
        interactions.log(session, cast.mei, interactions.NewInteraction(client_id=cast.harbour.id, summary="Fees"))
        tasks.add(
            session,
            cast.mei,
            tasks.NewTask(title="Send the table", client_id=cast.harbour.id, due_on=date(2026, 3, 20)),
        )

    said, owed = objects_of(cast.nadia, "interactions"), objects_of(cast.nadia, "tasks")

    assert (said[0]["uid"], said[0]["manager"], said[0]["summary"]) == (cast.harbour.uid, "mei@desk.example", "Fees")
    assert said[0]["happened_at"] == "2026-03-16T04:00:00+00:00"
    assert (owed[0]["title"], owed[0]["due_on"], owed[0]["owner"]) == (
        "Send the table",
        "2026-03-20",
        "mei@desk.example",
    )
    assert objects_of(cast.oskar, "interactions") == objects_of(cast.oskar, "tasks") == []


def test_the_machine_exports_everything_and_managers_are_a_list_too(cast: Cast) -> None:
    assert len(objects_of(people.machine(), "clients")) == 4
    assert [person["name"] for person in objects_of(cast.mei, "managers")][:2] == ["Ada Admin", "Mei Lin"]


def test_an_unknown_list_and_a_folder_that_is_a_file_are_told_in_a_sentence(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("a file")

    with pytest.raises(InvalidError, match="no list that can be exported"):
        exports.download(cast.mei, "secrets")
    with pytest.raises(CrmError, match="cannot be written"):
        exports.write_file(cast.mei, "clients", tmp_path / "folder" / "clients.csv")


def test_a_byte_order_mark_is_there_only_if_asked_for(cast: Cast, tmp_path: Path) -> None:
    target = io.BytesIO()
    with db.read() as session:
        exports.as_csv(exports.export(session, cast.mei, "clients"), target, bom=True)

    (tmp_path / "clients.csv").write_bytes(target.getvalue())
    assert target.getvalue().startswith(b"\xef\xbb\xbfvenue,uid")
    assert next(iter(read(tmp_path / "clients.csv"))).header[:3] == ["venue", "uid", "name"]


def test_a_list_leaves_in_the_order_and_with_the_filter_of_the_screen(cast: Cast) -> None:
    order = insights.book.order_of("tier")
    asked = Selection(filter=ClientFilter(tiers=("VIP1", "VIP2", "VIP4")), order=order, descending=True)

    content = exports.download(people.machine(), "clients", selection=asked)[1].decode("utf-8-sig")

    assert [line.split(",")[5] for line in content.splitlines()[1:]] == ["VIP4", "VIP2", "VIP1", "VIP1"]
    for name in ("manager", "name", *insights.book.ORDERS):
        whole = Selection(filter=ClientFilter(), order=insights.book.order_of(name))
        exported = exports.download(people.machine(), "clients", selection=whole)[1].decode("utf-8-sig")
        with db.read() as session:
            page = insights.book.page(session, people.machine(), ClientFilter(), order=name)
        assert [line.split(",")[1] for line in exported.splitlines()[1:]] == [found.line.uid for found in page.lines]


def test_tasks_leave_as_filtered_and_a_single_clients_rows_alone(cast: Cast) -> None:
    trade(cast)
    with db.write(by=cast.mei) as session:
        for title, on in (("Later", 21), ("Sooner", 19)):
            tasks.add(
                session, cast.mei, tasks.NewTask(title=title, client_id=cast.harbour.id, due_on=date(2026, 3, on))
            )
        tasks.add(session, cast.mei, tasks.NewTask(title="Elsewhere", client_id=cast.lotus.id))
    wanted = Selection(filter=tasks.TaskFilter(client_id=cast.harbour.id), order=tasks.ORDERS["due"])

    owed = json.loads(exports.download(cast.mei, "tasks", layout=Layout.JSON, selection=wanted)[1])
    days = [
        exports.download(cast.mei, "daily_activity", selection=Selection(client_id=cast.harbour.id, until=until))[
            1
        ].count(b"\n")
        for until in (date(2026, 3, 14), date(2026, 3, 13))
    ]

    assert [task["title"] for task in owed] == ["Sooner", "Later"]
    assert days == [2, 1]


def test_the_numbers_of_days_are_ordered_and_scoped(cast: Cast) -> None:
    trade(cast)

    mine, theirs = csv_of(cast.mei, "daily_activity"), csv_of(cast.oskar, "daily_activity")

    assert [line.split(",")[1] for line in mine.splitlines()[1:]] == [cast.harbour.uid]
    assert theirs.splitlines()[1:] == []


def test_whatever_can_be_imported_can_be_exported() -> None:
    assert exports.EXPORTS.missing(KINDS) == []
