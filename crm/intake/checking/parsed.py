"""What a parser of cells gives: SQL for the value, and the words for what has none."""

from dataclasses import dataclass

from crm.ground.messages import Message

# Whoever fills every place of a form writes one of these where there is nothing to write.
NOTHING = (
    "n/a",
    "na",
    "null",
    "none",
    "nil",
    "nan",
    "无",
    "無",
    "未知",
    "暂无",
    "暫無",
    "没有",
    "unknown",
    "tbd",
    "tba",
)
SAYS_NOTHING = Message("says nothing; it is read as unknown")
AHEAD = Message("lies in the future")
DASHES = r"^[-–—―_/\\.]+$"


@dataclass(frozen=True)
class Parsed:
    """`value` is SQL over the trimmed cell; a filled cell without a value is wrong.

    `wrong` adds conditions over the cell `{v}` and its value `{f}`. `is_error`: the row is refused; otherwise it goes in,
    marked, and the cell is kept as an attribute; what is given for all rows is refused with `alone` then.
    `ahead`: a condition under which the value lies in the future, and so is wrong.
    `beside`: other columns of the file whose cells `v3` and so on the value is made of as well.
    `nothing`: a condition over `{v}` under which a cell without a value only
    fills its place, and `noted` what is said of it.
    """

    value: str
    reason: Message | None = None
    wrong: str = ""
    is_error: bool = True
    nothing: str = "FALSE"
    noted: Message = SAYS_NOTHING
    alone: Message | None = None
    beside: tuple[int, ...] = ()
    ahead: str = ""


def says_nothing(v: str) -> str:
    """A condition: the text only fills its place, as “-”, “N/A” and “无” do."""
    # Not IN, which becomes a join that all rows go through, and so twice for each time that it is asked.
    return f"strlen({v}) < 10 AND (list_contains({list(NOTHING)}, lower({v})) OR regexp_matches({v}, '{DASHES}'))"


def unless_nothing(v: str, value: str = "") -> str:
    """SQL for the value of a text, by itself the text, where the text says anything."""
    return f"CASE WHEN NOT ({says_nothing(v)}) THEN {value or v} END"
