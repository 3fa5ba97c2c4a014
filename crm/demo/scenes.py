"""Conversations that belong to a story, written out; everything else is drawn from phrases."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """`due_in` is when the next step is due, in days after the last day; a negative one is overdue by now."""

    ago: int
    channel: str
    topic: str
    products: str
    summary: str
    mood: int
    outcome: str
    next_steps: str = ""
    direction: str = "outbound"
    minutes: int = 20
    is_promise: bool = False
    due_in: int | None = None


_SCENES: dict[str, tuple[Scene, ...]] = {
    "whale leaving": (
        Scene(
            74,
            "call",
            "Fee tiers",
            "spot",
            "Their head of trading says another venue offered taker fees half a basis point below ours. They compare"
            " depth on BTC-USDT for the next month. I explained the tier above."
            " He was friendly and short.",
            2,
            "Undecided",
            "Come back with a comparison of depth and fees",
            minutes=35,
            due_in=-60,
        ),
        Scene(
            103,
            "meeting",
            "Quarterly review",
            "spot;otc",
            "Quarterly review at their office. They asked for a second contact at night and for faster"
            " settlement of large blocks.",
            3,
            "Wishes collected",
            "Ask operations about block settlement",
            minutes=60,
        ),
    ),
    "traded after a consultation": (
        Scene(
            24,
            "consultation",
            "Options walkthrough",
            "options",
            "Walked her through the options chain: expiries, margin of a short leg, what happens at settlement."
            " She wanted to see the order ticket with small sizes first. No recommendation was given.",
            5,
            "Understood, wants to try small",
            "See how the first orders went",
            minutes=45,
            due_in=4,
        ),
    ),
    "overdue promise": (
        Scene(
            16,
            "email",
            "Rebate",
            "spot",
            "They counted the rebate of last month and found it 1,140 USD short. I promised to have the"
            " calculation checked and to answer within a week.",
            2,
            "Complaint taken in",
            "Answer about the missing rebate of 1,140 USD",
            "inbound",
            15,
            is_promise=True,
            due_in=-9,
        ),
    ),
    "unhappy": (
        Scene(
            4,
            "call",
            "Complaint",
            "perpetual",
            "Third outage of their order gateway this quarter, by their count. They want a written"
            " account of what happened before they bring volume back.",
            1,
            "Escalated to operations",
            "Send the incident report",
            "inbound",
            30,
            is_promise=True,
            due_in=1,
        ),
        Scene(
            23,
            "ticket",
            "API limits",
            "api",
            "Order requests were rejected with a rate limit in the busiest hour. They consider the"
            " limit too low for their tier.",
            2,
            "Escalated to the API team",
            direction="inbound",
        ),
        Scene(
            47,
            "call",
            "Complaint",
            "perpetual;api",
            "The order gateway answered slowly for eleven minutes; they were left with an open"
            " hedge. Calm, but clearly annoyed.",
            2,
            "Apologised, follow-up agreed",
            direction="inbound",
        ),
    ),
    "silent abnormally": (
        Scene(
            19,
            "telegram",
            "Margin rules",
            "perpetual",
            "Asked how the maintenance margin steps work above 5M of notional. Sent the table"
            " and a worked example. Mentioned nothing about a break.",
            4,
            "Answered",
            direction="inbound",
            minutes=10,
        ),
    ),
    "winning back": (
        Scene(
            12,
            "call",
            "API limits",
            "api;perpetual",
            "First real talk since they stopped in spring. Their new engineer asked for a higher"
            " order limit per sub-account; I showed how the fill ratio counts. They will test again next week.",
            4,
            "Wants to test again",
            "Check the first week of their test",
            minutes=40,
            due_in=2,
        ),
    ),
    "KYC expires": (
        Scene(
            33,
            "email",
            "KYC renewal",
            "",
            "Reminded them that the company documents run out next month. Their lawyer is collecting the"
            " register extract.",
            3,
            "Documents on the way",
            "Ask whether the register extract is there",
            minutes=5,
            due_in=1,
        ),
    ),
    "tier falls in 5 days": (
        Scene(
            18,
            "wechat",
            "手续费等级",
            "spot",
            "客户询问上月大额成交后等级能维持多久。已说明按 30 天滚动成交量计算,并把到期日期发给对方。",
            4,
            "已答复",
            "到期前再提醒一次",
            "inbound",
            10,
            is_promise=True,
            due_in=3,
        ),
    ),
    "newcomer growing": (
        Scene(
            70,
            "consultation",
            "Onboarding",
            "api;perpetual",
            "Onboarding call: sub-accounts, keys with address lists, the test environment."
            " They will start with a tenth of their size.",
            4,
            "Set up",
            "Ask how the first week went",
            minutes=50,
        ),
        Scene(
            9,
            "call",
            "Fee tiers",
            "perpetual",
            "They are close to the next tier and asked how volumes of sub-accounts are counted."
            " Confirmed that all of them count together.",
            5,
            "Answered",
            "Tell them the day they reach the tier",
            "inbound",
            15,
            is_promise=True,
            due_in=5,
        ),
    ),
    "concentration": (
        Scene(
            8,
            "meeting",
            "Quarterly review",
            "spot;perpetual",
            "Review of the quarter with both founders. Satisfied with depth; they plan a"
            " second venue to spread their own risk and said so openly.",
            4,
            "Plan known",
            "Agree on a second contact on our side",
            minutes=75,
            due_in=6,
        ),
    ),
    "quiet at the new year": (
        Scene(
            13,
            "wechat",
            "活动邀请",
            "",
            "邀请参加年底的客户晚宴,对方两位会到。再次确认春节前后不联系。",
            5,
            "确认出席",
            "发送邀请函",
            minutes=10,
            due_in=4,
        ),
    ),
}


def scenes_of(about: str) -> tuple[Scene, ...]:
    return _SCENES.get(about, ())
