"""How a column writes its numbers: 1,234.56 or 1.234,56, told by the whole column."""

from crm.imports.checking import widths
from crm.imports.workbench import Workbench

# A cell that can be read in one way only; {0} is the mark of the decimals, {1} that of the thousands.
_SURE = r"{0}\d{{1,2}}\s*$|{0}\d{{4,}}\s*$|^\s*[+-]?0{0}\d|{1}\d+[.,]\d"
_OPEN = r"^\s*[+-]?[1-9]\d{{0,2}}{0}\d{{3}}\s*$"  # 1.234: a thousand or one
_DOT, _COMMA = r"\.", ","


def has_decimal_comma(bench: Workbench, index: int) -> bool:
    """1.234,56 rather than 1,234.56. Three digits behind a single mark are thousands, unless other cells tell."""
    sure_comma, sure_dot, dots, commas = _told(bench, index)
    return sure_comma > sure_dot if sure_comma != sure_dot else dots > commas


def has_one_reading(bench: Workbench, index: int) -> bool:
    """No cell contradicts another, and 1.234 stands beside one that tells what it means."""
    sure_comma, sure_dot, dots, commas = _told(bench, index)
    if sure_comma or sure_dot:
        return not (sure_comma and sure_dot)
    return not (dots or commas)


def _told(bench: Workbench, index: int) -> tuple[int, int, int, int]:
    """Cells with a decimal comma, with a decimal point, and those with a single dot or comma before three digits."""
    patterns = (
        _SURE.format(_COMMA, _DOT),
        _SURE.format(_DOT, _COMMA),
        _OPEN.format(_DOT),
        _OPEN.format(_COMMA),
    )
    cell = widths.plain(bench, index, f"c{index}")
    counts = ", ".join(f"count_if(regexp_matches({cell}, '{pattern}'))" for pattern in patterns)
    sure_comma, sure_dot, dots, commas = (count or 0 for count in bench.told(f"SELECT {counts} FROM raw")[0])
    return sure_comma, sure_dot, dots, commas
