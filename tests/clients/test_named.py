"""A client's name comes through the room of clients only: who names one elsewhere asks what the viewer may call it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_house import FILES, ROOT

NAMING = {"name", "uid", "venue", "search_text"}
MODELS = {"Client", "MergedClient"}
SELECTING = {
    "select",
    "get",
    "get_one",
    "join",
    "outerjoin",
    "join_from",
    "select_from",
    "with_only_columns",
    "add_columns",
    "aliased",
}
ASKED = {"visible_to", "named"}
IN_SQL = re.compile(r"\b(?:FROM|JOIN)\s+(?:client|merged_client)\b", re.IGNORECASE)
NAMED_IN_SQL = re.compile(rf"\b(?:{'|'.join(sorted(NAMING))})\b")

OTHER_ROOMS = {
    "clients": "the room itself",
    "handover": "works on clients that a plan has checked against clients.visible_to",
    "duplicates": "compares the clients of clients.visible_to",
    "imports": "a preview asks by its own table of what is mine; tests/imports looks after it",
    "demo": "writes invented clients; nobody reads through it",
    "bench": "measures, as the machine",
    "upkeep": "looks after every row, as the machine",
    "migrations": "moves whole tables",
}
LEAVING = "exporting.py"  # what leaves is looked at in every room
ALLOWED = {
    ("crm/clients/exporting.py", "_entries"): "the select is narrowing.clients_of, which is clients.visible_to",
    ("crm/insights/gather.py", "known_of"): "the select is its caller's, who begins with clients.visible_to",
    ("crm/trading/importing/facts.py", "lay_out_accounts"): "accounts of clients out of view are those of nobody",
    ("crm/trading/importing/facts.py", "elsewhere"): "which rows wait for a lead; tests/imports looks after it",
    ("crm/trading/owners.py", ""): "for whom an account counts, by venue: a sum, which tells nobody anything",
    ("crm/trading/standing.py", ""): "whose policy holds, by venue: a tier, which tells nobody anything",
    ("crm/search/searching.py", ""): "how many there are, about, to tell whether the index is whole",
    (
        "crm/search/searching.py",
        "read",
    ): "for the index, which shows nothing: whoever asks it gets rows through visible_to",
    ("crm/search/searching.py", "_gathered"): "the same",
}


def naming(source: str) -> Iterator[tuple[str, int]]:
    """Where a module names clients without asking who looks: the function, if any, and the line."""
    tree = ast.parse(source)
    names = models_in(tree)
    for function, statement in statements(tree):
        if not is_asked(statement) and any(names_clients(node, names) for node in own_nodes(statement)):
            yield function, statement.lineno


def models_in(tree: ast.Module) -> set[str]:
    """What Client is called here."""
    names = set(MODELS)
    for node in ast.walk(tree):
        if isinstance(node, ast.alias) and node.name in MODELS and node.asname:
            names.add(node.asname)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and is_model(bare(node.value), names):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def bare(node: ast.expr) -> ast.expr:
    """What is inside aliased(...)."""
    return node.args[0] if isinstance(node, ast.Call) and called(node) == "aliased" and node.args else node


def statements(tree: ast.Module) -> Iterator[tuple[str, ast.stmt]]:
    def within(body: list[ast.stmt], function: str) -> Iterator[tuple[str, ast.stmt]]:
        for one in body:
            yield function, one
            inner = one.name if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) else function
            for part in (one, *getattr(one, "handlers", ()), *getattr(one, "cases", ())):
                for block in ("body", "orelse", "finalbody"):
                    yield from within(getattr(part, block, []), inner)

    yield from within(tree.body, "")


def own_nodes(statement: ast.stmt) -> Iterator[ast.AST]:
    """The nodes of a statement without those of the statements inside it, and without its sentence."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [
            n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.stmt | ast.ExceptHandler | ast.match_case)
        ]


def is_asked(statement: ast.stmt) -> bool:
    return any(isinstance(node, ast.Call) and called(node) in ASKED for node in own_nodes(statement))


def names_clients(node: ast.AST, names: set[str]) -> bool:
    match node:
        case ast.Attribute(value=value, attr=attr) if attr in NAMING:
            return is_model(value, names)
        case ast.Call() if called(node) in SELECTING | {"getattr"}:
            return any(is_model(argument, names) for argument in node.args)
        case ast.JoinedStr() | ast.Constant(value=str()):
            return is_naming_sql(text_of(node))
    return False


def is_naming_sql(text: str) -> bool:
    return bool(IN_SQL.search(text) and NAMED_IN_SQL.search(text))


def text_of(node: ast.JoinedStr | ast.Constant) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_model(node: ast.expr, names: set[str]) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in MODELS
    return isinstance(node, ast.Name) and node.id in names


def looked_at() -> list[Path]:
    tops = [path for path in FILES if path.is_relative_to(ROOT / "crm") or path.is_relative_to(ROOT / "pages")]
    return [p for p in tops if p.relative_to(ROOT).parts[1] not in OTHER_ROOMS or p.name == LEAVING]


def test_nobody_else_names_a_client_without_asking_who_looks() -> None:
    found = {
        (str(path.relative_to(ROOT)), function): line
        for path in looked_at()
        for function, line in naming(path.read_text(encoding="utf-8"))
    }

    assert {place: line for place, line in found.items() if place not in ALLOWED} == {}
    assert set(ALLOWED) - set(found) == set(), "these need no exception any more"


AGAIN = {
    "a join": "query.join(Client, col(Client.id) == col(Task.client_id), isouter=True)",
    "a column": "lines.with_only_columns(col(Client.name))",
    "an order": 'ORDERS = {"client": col(Client.search_text)}',
    "a whole record": "session.get_one(Client, key)",
    "a record of the room": "select(clients.Client).where(clients.Client.id == key)",
    "another word for it": "from crm.clients import Client as C\nselect(C.uid)",
    "an alias": "Other = aliased(Client)\nselect(Other.id, Other.venue)",
    "an alias with a type": "client: Any = Client\nselect(client.name)",
    "a field by its name": "getattr(Client, field)",
    "a merged record": "select(MergedClient.name)",
    "SQL": 'sql.rows("SELECT t.id, c.name FROM task t JOIN client c ON c.id = t.client_id")',
    "SQL with places": 'sql.rows(f"SELECT {column}, uid FROM client WHERE id = :id")',
    "SQL of merged records": 'sql.rows("SELECT name FROM merged_client")',
    "inside of something": "def f():\n    with db.read() as session:\n        if more:\n            return session.exec(select(Client))",
}


@pytest.mark.parametrize("source", AGAIN.values(), ids=AGAIN.keys())
def test_the_rule_knows_each_way_to_name_a_client(source: str) -> None:
    assert list(naming(source))


@pytest.mark.parametrize(
    "source",
    [
        "clients.visible_to(viewer).with_only_columns(col(Client.name))",
        "named = clients.named(viewer)\nquery.join(named, named.c.id == col(Task.client_id), isouter=True)",
        "select(Task).where(col(Task.client_id) == col(Client.id))",
        'sql.rows("SELECT c.id FROM client c WHERE c.manager_id = :id")',
        "isinstance(row, Client)",
    ],
)
def test_whoever_asks_may_name_it_and_a_key_is_no_name(source: str) -> None:
    assert list(naming(source)) == []
