"""What a person says of all rows, understood as a cell of that column would be."""

import re

from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.intake.checking import cells
from crm.intake.kinds import Column, Kind, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

_COMMA = re.compile(r",\d{1,2}\s*$")


def understood(staging: Staging, kind: Kind, mapping: Mapping) -> dict[str, str]:
    """Field -> SQL of the value that rows have which say nothing themselves.

    Raises:
        InvalidError: one of them cannot be what it is said to be.
    """
    columns = {column.field: column for column in kind.columns}
    return {
        field: _value(staging, columns[field], text, mapping)
        for field, text in mapping.constants.items()
        if text and field in columns
    }


def _value(staging: Staging, column: Column, text: str, mapping: Mapping) -> str:
    cells.lay_out_lookup(staging, column.type)
    parsed = cells.parsed_alone(
        column,
        text,
        comma=bool(_COMMA.search(text)),
        zone=mapping.time_zone,
        date_order=mapping.date_orders.get(column.field),
    )
    wrong = " OR ".join(filter(None, (parsed.wrong, parsed.ahead)))
    further = f" OR ({wrong.replace('{v}', 'v').replace('{f}', 'f')})" if wrong else ""
    found, is_wrong = staging.run(
        f"""WITH given AS (SELECT nullif(trim(CAST($1 AS VARCHAR)), '') AS v),
                 typed AS (SELECT v, {parsed.value} AS f FROM given)
            SELECT CAST(f AS VARCHAR), f IS NULL{further} FROM typed""",
        [text],
    )[0]
    if column.type is Type.UID and text in _above(staging):  # no spreadsheet has touched it: it may well end in zeros
        is_wrong = False
    if is_wrong or found is None:
        reason = parsed.alone or parsed.reason or Message("is no value")
        label = Message(column.label)
        raise InvalidError("“{value}”, given as {label} of all rows, {reason}.", value=text, label=label, reason=reason)
    return "'" + str(found).replace("'", "''") + "'"


def _above(staging: Staging) -> str:
    return " ".join(cell for line in staging.table.preamble for cell in line)
