"""Names in the order in which people look for them: Latin letters first, then Chinese by pinyin."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

_LONGEST = 60  # letters of a name that are compared
_BEHIND = "~"  # what begins with no plain letter stands behind all that does


class alphabetical(FunctionElement[str]):  # noqa: N801 -- reads like sa.func.lower(...)
    """What a list is sorted by, of a column that begins with a folded name and may go on below it."""

    type = sa.String()
    name = "alphabetical"
    inherit_cache = True


@compiles(alphabetical, "duckdb")
def _by_collation(element: alphabetical, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    text = compiler.process(element.clauses, **kwargs)
    key = f"icu_sort_key(left(split_part({text}, chr(10), 1), {_LONGEST}), 'zh')"
    return f"CASE WHEN unicode({text}) < 128 THEN {text} ELSE '{_BEHIND}' || {key} END"


@compiles(alphabetical)
def _by_code(element: alphabetical, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    """A PostgreSQL may be built without collations of languages; in GB18030 the 3,755 everyday characters stand by pinyin."""
    text = compiler.process(element.clauses, **kwargs)
    key = f"convert_to(left(split_part({text}, chr(10), 1), {_LONGEST}), 'GB18030')"
    return f"CASE WHEN ascii({text}) < 128 THEN convert_to({text}, 'UTF8') ELSE convert_to('{_BEHIND}', 'UTF8') || {key} END"
