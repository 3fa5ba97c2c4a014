"""JSON and NDJSON: records whose fields have names. Numbers stay the text they are."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from crm.ground import texts
from crm.ground.errors import InvalidError
from crm.reading.listed import named
from crm.reading.spool import Spool
from crm.reading.survey import walk
from crm.reading.table import Figure, Row, Table

_LARGEST = 100_000_000
_DEEP = 6
_FIELDS = 5_000


def read_json(path: Path, name: str, spool: Spool) -> list[Table]:
    """An array of objects, an object that holds one or several, the longest first, or one object per line.

    Raises:
        InvalidError: no JSON, cut off, or no list of objects in it.
    """
    if _is_lines(path):
        return [_table(name, name, partial(_lines, path, name), spool)]
    found = _records(_parsed(path, name), name)
    if len(found) == 1:
        return [_table(name, name, partial(_flat, records), spool) for _, records in found]
    return [_table(title, name, partial(_flat, records), spool) for title, records in found]


def _table(title: str, name: str, source: Callable[[], Iterator[tuple[int, dict[str, str]]]], spool: Spool) -> Table:
    header: dict[str, None] = {}
    for _, record in source():
        header.update(dict.fromkeys(record))
        if len(header) > _FIELDS:
            raise InvalidError(
                "The objects in {name} have more than {count} different fields; this is no list.",
                name=name,
                count=_FIELDS,
            )
    if not header:
        raise InvalidError("{name} is empty: there is no object with fields in it.", name=name)
    names = list(header)
    return named(title, names, _rows(source(), names), spool)


def _rows(records: Iterator[tuple[int, dict[str, str]]], names: list[str]) -> Iterator[Row]:
    return (Row(line, [record.get(name, "") for name in names]) for line, record in records)


def _is_lines(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        lines = [line for line in (file.readline(1 << 20).strip() for _ in range(5)) if line]
    return len(lines) > 1 and all(line[0] == "{" and line[-1] == "}" for line in lines[:-1])


def _parsed(path: Path, name: str) -> object:
    if path.stat().st_size > _LARGEST:
        raise InvalidError(
            "{name} is too large for one JSON text; save it as one object per line (NDJSON) or as CSV.", name=name
        )
    return _loads(path.read_bytes().decode("utf-8-sig", "replace"), name, 0)


def _loads(text: str, name: str, line: int) -> object:
    try:
        return json.loads(text, parse_float=Figure, parse_int=Figure, parse_constant=str)
    except json.JSONDecodeError as error:
        place = line or error.lineno
        raise InvalidError(
            "{name} is not whole JSON: line {line} cannot be read. Fetch it again; it may be cut off.",
            name=name,
            line=place,
        ) from error
    except RecursionError as error:
        raise InvalidError("{name} is nested too deeply to be a list; export it as CSV.", name=name) from error


def _records(found: object, name: str) -> list[tuple[str, list[dict[str, object]]]]:
    """Every list of objects anywhere near the top and what it is called there, the longest first."""
    lists = sorted(_lists(found, ""), key=lambda called: -len(called[1]))
    if lists:
        return lists
    if isinstance(found, dict) and found:
        return [("", [found])]
    raise InvalidError("{name} holds no list of objects; export it as CSV.", name=name)


def _lists(found: object, above: str) -> Iterator[tuple[str, list[dict[str, object]]]]:
    if above.count(".") > _DEEP:
        return
    if isinstance(found, list):
        objects = [item for item in found if isinstance(item, dict)]
        if objects and len(objects) == len(found):
            yield above, _parts(objects, above.rpartition(".")[2]) or objects
    elif isinstance(found, dict):
        for key, value in found.items():
            yield from _lists(value, f"{above}.{key}" if above else key)


def _parts(objects: list[dict[str, object]], name: str) -> list[dict[str, object]]:
    """One list in several parts: lists that are called like the one that holds them, and say more than what is around them."""
    inner = [one for item in objects if isinstance(part := item.get(name), list) for one in part] if name else []
    rows = [one for one in inner if isinstance(one, dict)]
    return rows if max(map(len, rows), default=0) >= max(map(len, objects)) else []


def _lines(path: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    walk(path)
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                record = _loads(line, name, number)
                if not isinstance(record, dict):
                    raise InvalidError(
                        "Line {line} of {name} is no JSON object; every line must be one.", line=number, name=name
                    )
                yield number, _flattened(record)


def _flat(records: list[dict[str, object]]) -> Iterator[tuple[int, dict[str, str]]]:
    return ((place, _flattened(record)) for place, record in enumerate(records, 1))


def _flattened(record: dict[str, object], above: str = "") -> dict[str, str]:
    """An object inside an object becomes fields such as `address.city`."""
    flat: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and value and above.count(".") < _DEEP:
            flat.update(_flattened(value, f"{above}{key}."))
        else:
            flat[f"{above}{key}"] = as_text(value)
    return flat


def as_text(value: object) -> str:
    """What a field says, as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    # A list of texts is told by semicolons, unless these would cut its texts in two.
    if isinstance(value, list) and all(isinstance(item, str) and not texts.is_apart(item) for item in value):
        return "; ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
