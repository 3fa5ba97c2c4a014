"""How well the cells of a column fit a type: a column named like a date may hold something else."""

from crm.ground.errors import InvalidError
from crm.intake.checking import cells
from crm.intake.kinds import Column
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

SAMPLE = 2000


def share(staging: Staging, index: int, column: Column) -> float:
    """The share of the filled cells, over a sample, that parse; an empty column fits."""
    try:
        understood = cells.parsed(column, "v", staging, index, Mapping())
    except InvalidError:  # which day order it is must be asked, but dates they are
        return 1.0
    filled, fit = staging.cached(
        f"""SELECT count(v), count(CASE WHEN v IS NOT NULL THEN {understood.value} END)
            FROM (SELECT nullif(trim(c{index}), '') AS v FROM raw WHERE nullif(trim(c{index}), '') IS NOT NULL LIMIT {SAMPLE})"""
    )[0]
    return float(fit / filled) if filled else 1.0
