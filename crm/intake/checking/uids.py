"""The UIDs of venues: text, whatever a spreadsheet took them for."""

from crm.ground.messages import Message
from crm.intake.checking import widths
from crm.intake.checking.parsed import Parsed, says_nothing, unless_nothing
from crm.intake.staging import Staging

DAMAGED = r"^\d([.,]\d+)?[eE]\+?\d+$"
ROUNDED = r"^\d{15}0{3,}$"
SHORTLY_ROUNDED = r"^\d{15}0{1,2}$"  # every tenth that is whole ends so, too: told by the whole column
DECIMAL = r"^\d+[.,]0+$"
GROUPED = r"^\d{1,3}([, .'\x{00a0}\x{202f}]\d{3}){2,}$"
SPREADSHEET_ERROR = r"^#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)$"


def parsed(v: str, *, shortly_rounded: bool = False) -> Parsed:
    """`v` is SQL for the text of a cell; an apostrophe before a UID kept it a text in a spreadsheet."""
    patterns = [DAMAGED, ROUNDED, DECIMAL, GROUPED, SPREADSHEET_ERROR]
    patterns += [SHORTLY_ROUNDED] if shortly_rounded else []
    damaged = " OR ".join(_matches("{f}", pattern.replace("'", "''")) for pattern in patterns)
    # In a tenth of the time; a separator of thousands stands at the fourth place from the end.
    likely = "ends_with({f}, '0') OR contains({f}, 'e') OR contains({f}, 'E') OR {f}[-4] NOT BETWEEN '0' AND '9' OR {f}[1] = '#'"
    return Parsed(
        unless_nothing(v, f"nullif(ltrim({v}, '''\u2019'), '')"),
        Message("was damaged by a spreadsheet; export it again with the UID as text"),
        f"CASE WHEN {likely} THEN {damaged} ELSE FALSE END OR length({{f}}) > 120",
        nothing=says_nothing("{v}"),
    )


def are_shortly_rounded(staging: Staging, index: int) -> bool:
    """Whether UIDs of 16 or 17 digits end in zeros behind the fifteenth more often than by chance."""
    ends = _matches("v", SHORTLY_ROUNDED)
    rounded, by_two, long = staging.cached(
        f"""SELECT count(*) FILTER (WHERE {ends}), count(*) FILTER (WHERE {ends} AND length(v) = 17), count(*)
            FROM (SELECT trim({widths.plain(staging, index, f"c{index}")}) AS v FROM raw WHERE length(c{index}) BETWEEN 16 AND 17)"""
    )[0]
    return bool(rounded * 2 >= long and (rounded > 1 or by_two))


def _matches(v: str, pattern: str) -> str:
    return f"regexp_matches({v}, '{pattern}')"
