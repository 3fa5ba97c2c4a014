"""What stands around the digits of cells: signs and codes of money, k and 万, minus in front, behind or as parentheses."""

from collections.abc import Mapping

from crm.intake.checking import widths
from crm.intake.money import Money, affixed
from crm.intake.staging import Staging

_BLANKS = r"\s\x{00a0}\x{2009}\x{202f}"
CELL = rf"^([^\d]*?)([.,]?\d(?:[\d.,{_BLANKS}''’]*\d)?)([^\d]*)$"
_ODD = rf"[^\d.,+\-{_BLANKS}''’]|\d\s*-$"
_MOST = 300  # a column with more of them is no column of numbers


def are_there(staging: Staging, index: int) -> bool:
    """Whether a cell of the column has more than digits and their marks, and is no number as programs write them."""
    if staging.figures.get(index, 0) == staging.rows:
        return False
    c = f"c{index}"
    odd = f"CASE WHEN try_cast({c} AS DOUBLE) IS NULL THEN regexp_matches({c}, '{_ODD}') AND regexp_matches({c}, '\\d') END"
    return bool(staging.cached(f"SELECT bool_or({odd}) FROM raw")[0][0])


def digits(cell: str) -> str:
    """SQL for the number of a cell without what stands around it; the very cell where that is no one number."""
    found = f"regexp_extract({cell}, '{CELL}', 2)"
    return f"CASE WHEN try_cast({cell} AS DOUBLE) IS NULL THEN coalesce(nullif({found}, ''), {cell}) ELSE {cell} END"


def key(cell: str) -> str:
    """SQL for what stands around the digits: before|behind."""
    return f"regexp_extract({cell}, '{CELL}', 1) || '|' || regexp_extract({cell}, '{CELL}', 3)"


def of_column(staging: Staging, index: int) -> Mapping[str, Money]:
    """What cells have around their digits -> what it means; what means nothing known is left out."""
    if not are_there(staging, index):
        return {}
    found = _counted(staging, index)
    if len(found) >= _MOST:
        return {}
    meant = {written: affixed(*written.split("|", 1)) for written, _ in found}
    return {written: money for written, money in meant.items() if money}


def samples(staging: Staging, index: int) -> Mapping[str, str]:
    """One cell for each of them."""
    return dict(_counted(staging, index))


def _counted(staging: Staging, index: int) -> list[tuple[str, str]]:
    cell = trimmed(staging, index)
    rows = staging.cached(f"""SELECT {key("v")}, any_value(v) FROM (SELECT {cell} AS v FROM raw WHERE try_cast(c{index} AS DOUBLE) IS NULL)
        WHERE regexp_matches(v, '{CELL}') GROUP BY 1 LIMIT {_MOST}""")
    return [(str(written), str(sample)) for written, sample in rows]


def trimmed(staging: Staging, index: int) -> str:
    """SQL for the cells of the column in `raw`, in plain signs."""
    return f"trim({widths.plain(staging, index, f'c{index}')})"
