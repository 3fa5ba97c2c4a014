"""Ways to be reached that several rows of a file share: a family's telephone, an office's mailbox."""

from collections.abc import Iterable, Sequence

from crm.clients.names import may_be_one
from crm.intake.staging import Staging


def lay_out(staging: Staging) -> None:
    """`marked` (line, mark): what one finds a row by. Of plainly different names who share an address each has a mark of its own."""
    staging.run("CREATE OR REPLACE TABLE parted (kind VARCHAR, value VARCHAR, name VARCHAR, n INTEGER)")
    found = _otherwise_called(staging) if staging.one("SELECT count(*) FROM checked WHERE uid IS NULL") else []
    if found:
        columns = list(map(list, zip(*found, strict=True)))
        staging.duck.execute("INSERT INTO parted SELECT unnest($1), unnest($2), unnest($3), unnest($4)", columns)
    plain = "kind || ' ' || lower(value)"
    staging.run(f"CREATE OR REPLACE VIEW marked AS SELECT line, {plain} AS mark FROM reach")
    if found:
        _mark(staging, plain)


def _otherwise_called(staging: Staging) -> list[tuple[str, str, str, int]]:
    """Kind and value of a shared address, a name, and which of those who share it that is; the first is not told."""
    staging.run(
        "CREATE OR REPLACE TABLE several AS SELECT kind, lower(value) AS value FROM reach GROUP BY 1, 2 HAVING count(*) > 1"
    )
    names = staging.run(
        """SELECT r.kind, lower(r.value), list(DISTINCT c.name) FROM reach r
           JOIN several s ON s.kind = r.kind AND s.value = lower(r.value) JOIN checked c ON c.line = r.line
           WHERE c.name IS NOT NULL GROUP BY 1, 2 HAVING count(DISTINCT lower(c.name)) > 1"""
    )
    return [(kind, value, name, n) for kind, value, called in names for name, n in _parted(called) if n]


def _mark(staging: Staging, plain: str) -> None:
    staging.run("""
        CREATE OR REPLACE TABLE others AS SELECT r.line, r.kind, r.value, p.n FROM parted p JOIN checked c ON c.name = p.name
        JOIN reach r ON r.line = c.line AND r.kind = p.kind AND lower(r.value) = p.value""")
    staging.run(f"""
        CREATE OR REPLACE VIEW marked AS SELECT r.line, {plain.replace("kind", "r.kind").replace("value", "r.value")}
            || coalesce((SELECT min(' #' || o.n) FROM others o
                         WHERE o.line = r.line AND o.kind = r.kind AND lower(o.value) = lower(r.value)), '') AS mark
        FROM reach r""")


def _parted(names: Iterable[str]) -> Sequence[tuple[str, int]]:
    """Each name, and the number of the person whose name it may be; the longest of a person stands for the others."""
    persons: list[str] = []
    found = []
    for name in sorted(names, key=lambda it: (-len(it), it)):
        at = next((n for n, person in enumerate(persons) if may_be_one(name, person)), len(persons))
        if at == len(persons):
            persons.append(name)
        found.append((name, at))
    return found
