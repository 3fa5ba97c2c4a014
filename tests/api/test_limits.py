"""No request keeps others waiting: every list and text has its most, and a person has only so much under way."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import SQLModel

import crm.tables  # noqa: F401 -- every form is known
from crm import clients, db
from crm.api.places import AT_A_TIME, HEAVY_AT_A_TIME, Places, TooManyError, is_heavy
from tests.api.conftest import Api, served
from tests.cast import Cast

Schema = dict[str, Any]
BOUNDED = {"enum", "const", "format", "maxLength", "contentMediaType"}
MANY, MUCH = 100_000, "x" * 1_000_001


def unbounded(schema: Schema, defined: dict[str, Schema], at: str) -> Iterator[str]:
    """Where in a schema a text, list or object may be as large as somebody likes."""
    if "$ref" in schema:
        name = schema["$ref"].split("/")[-1]
        yield from unbounded(defined[name], defined, f"{at}:{name}")
    for part in [*schema.get("anyOf", []), *schema.get("allOf", [])]:
        yield from unbounded(part, defined, at)
    kind = schema.get("type")
    if kind == "string" and not BOUNDED & schema.keys():
        yield at
    if kind == "array":
        yield from [] if "maxItems" in schema else [at]
        yield from unbounded(schema.get("items", {}), defined, f"{at}[]")
    if kind == "object" and schema.get("additionalProperties") and "maxProperties" not in schema:
        yield at
    for name, part in schema.get("properties", {}).items():
        yield from unbounded(part, defined, f"{at}.{name}")


def operations() -> Iterator[tuple[str, str, Schema]]:
    for path, verbs in served().openapi()["paths"].items():
        for verb, operation in verbs.items():
            yield verb, path, operation


def test_whatever_the_api_takes_has_its_most() -> None:
    defined = served().openapi()["components"]["schemas"]
    found = []
    for verb, path, operation in operations():
        schemas = [(f"?{one['name']}", one["schema"]) for one in operation.get("parameters", [])]
        schemas += [("", one["schema"]) for one in operation.get("requestBody", {}).get("content", {}).values()]
        found += [at for name, one in schemas for at in unbounded(one, defined, f"{verb} {path} {name}")]

    assert not found


def test_whatever_a_form_takes_has_its_most() -> None:
    forms = [form for form in SQLModel.__subclasses__() if form.__module__.startswith("crm.") and not is_table(form)]
    assert {"NewClient", "NewPerson", "TaskChange"} <= {form.__name__ for form in forms}

    found = [
        at
        for form in forms
        for schema in [form.model_json_schema()]
        for at in unbounded(schema, schema.get("$defs", {}), form.__name__)
    ]

    assert not found


def is_table(form: type[SQLModel]) -> bool:
    return form.__name__ in ("Row", "Versioned") or hasattr(form, "__table__")


def test_a_megabyte_and_a_hundred_thousand_things_in_every_field_change_nothing(cast_on_duckdb: Cast, api: Api) -> None:
    mei, defined = api(cast_on_duckdb.mei), served().openapi()["components"]["schemas"]
    with db.read() as session:
        before = len(clients.book_of(session, cast_on_duckdb.mei))

    for verb, path, operation in operations():
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if not body:
            continue
        at = re.sub(r"\{\w+\}", str(uuid4()), path)
        for name in defined[body["$ref"].split("/")[-1]]["properties"]:
            for value in (MUCH, ["x"] * MANY, dict.fromkeys(map(str, range(MANY)), "x")):
                answer = mei.request(verb, at, json={"name": "Pearl", name: value})
                assert (answer.status_code, len(answer.text) < 5_000) == (422, True), (verb, path, name)

    with db.read() as session:
        assert len(clients.book_of(session, cast_on_duckdb.mei)) == before


@pytest.mark.parametrize(
    "number", [10**4000, 1 << 63, -(1 << 64), float("1e300")], ids=["long", "2^63", "-2^64", "1e300"]
)
def test_a_number_that_no_export_could_carry_is_refused(cast_on_duckdb: Cast, api: Api, number: float) -> None:
    answer = api(cast_on_duckdb.mei).post("/clients", json={"name": "Pearl", "attributes": {"size": number}})

    assert (answer.status_code, "too large" in answer.text or "Unable" in answer.text) == (422, True)


def test_a_person_has_only_so_much_under_way_and_others_have_their_own(cast_on_duckdb: Cast) -> None:
    places, mei, tomas = Places(), cast_on_duckdb.mei.id, cast_on_duckdb.tomas.id
    held = [places.taken(mei, is_heavy=number < HEAVY_AT_A_TIME) for number in range(AT_A_TIME)]
    for one in held[:HEAVY_AT_A_TIME]:
        one.__enter__()

    with pytest.raises(TooManyError, match="2 of these under way"), places.taken(mei, is_heavy=True):
        pass
    with places.taken(tomas, is_heavy=True), places.taken(mei, is_heavy=False):
        pass
    for one in held[HEAVY_AT_A_TIME:]:
        one.__enter__()
    with pytest.raises(TooManyError, match="8 of these"), places.taken(mei, is_heavy=False):
        pass
    held[0].__exit__(None, None, None)
    with places.taken(mei, is_heavy=True):
        pass


def test_what_reads_or_writes_much_counts_as_heavy() -> None:
    heavy = ("/imports", "/imports/x/preview", "/changes/x/undo", "/exports/clients", "/clients/x/merge")

    assert all(map(is_heavy, heavy))
    assert not any(map(is_heavy, ("/clients", "/imports/x", "/me", "/interactions")))


def test_colleagues_are_told_nothing_of_each_others_passwords(cast_on_duckdb: Cast, api: Api) -> None:
    told = api(cast_on_duckdb.mei).get("/people").json()

    assert "Ada Admin" in {one["name"] for one in told}
    assert not any("password" in name for one in told for name in one)
