"""What the process that opens containers answers: JSON that says where tables lie, and the tables made of it again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from crm.ground import messages
from crm.ground.errors import InvalidError
from crm.ground.messages import Message
from crm.reading.spool import SpooledBody
from crm.reading.table import Dialect, Loaded, Row, Table


def packed(table: Table) -> dict[str, Any]:
    """A table whose rows lie on disk, as JSON knows it."""
    body = cast("SpooledBody", table.body)
    return {
        "name": table.name,
        "header": table.header,
        "raw_header": table.raw_header,
        "header_line": table.dialect.header_line,
        "preamble": table.preamble,
        "footer": table.footer,
        "notes": [note.stored() for note in table.notes],
        "is_exact": table.is_exact,
        "groups": table.groups,
        "path": str(body.path),
        "loaded": asdict(body.loaded),
    }


def unpacked(told: Mapping[str, Any], keep: object) -> Table:
    loaded = told["loaded"]
    figures = {int(place): count for place, count in loaded["figures"].items()}
    return Table(
        name=told["name"],
        header=told["header"],
        raw_header=told["raw_header"],
        dialect=Dialect(header_line=told["header_line"]),
        body=SpooledBody(Path(told["path"]), Loaded(**{**loaded, "figures": figures}), keep),
        preamble=told["preamble"],
        footer=[Row(*row) for row in told["footer"]],
        notes=[messages.read(note) for note in told["notes"]],
        is_exact=told["is_exact"],
        groups=told["groups"],
    )


@dataclass(frozen=True)
class Answer:
    """What was found in one file. `read_text`: reads a plain text that lies there, under its name.

    `keep` holds the folder in which it all lies.
    """

    found: Mapping[str, Any]
    read_text: Callable[[Path, str], Table]
    keep: object

    def tables(self) -> list[Table]:
        """Raises InvalidError with what the other process says."""
        return self._tables(self.found)

    def _tables(self, found: Mapping[str, Any]) -> list[Table]:
        if "refused" in found:
            raise InvalidError(messages.read(found["refused"]))
        if "text" in found:
            return [self.read_text(Path(found["text"]), found["name"])]
        return self._members(found) if "members" in found else [unpacked(one, self.keep) for one in found["tables"]]

    def _members(self, pack: Mapping[str, Any]) -> list[Table]:
        """What is in a ZIP; what cannot be read of it is a note, as long as anything can."""
        found: list[Table] = []
        refused: list[Message] = []
        for member in pack["members"]:
            try:
                found += _named(self._tables(member), member["title"])
            except InvalidError as error:
                refused.append(error.message)
        if found:
            return [replace(found[0], notes=[*found[0].notes, *refused]), *found[1:]]
        if refused:
            raise InvalidError("{name} holds no list. {why}", name=pack["pack"], why=refused[0])
        raise InvalidError("{name} is an empty ZIP.", name=pack["pack"])


def _named(tables: list[Table], title: str) -> list[Table]:
    if len(tables) == 1:
        return [replace(tables[0], name=title)]
    return [replace(table, name=f"{title}: {table.name}") for table in tables]
