"""Every sentence of ours has its translation, and every translation a sentence."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from crm import locale
from crm.ground import errors
from crm.intake import layouts
from crm.intake.kinds import KINDS
from crm.people import Right, Role
from crm.people.rights import refusal
from crm.web.frame import menu
from crm.web.kit import words
from tests.screen import ROOT

PLACES = re.compile(r"\{(\w+)\}")
# Rooms that no page speaks for: what they say is read on a console, or by a program.
ON_A_CONSOLE = {"cli", "bench", "demo", "api", "upkeep", "migrations", "worker.py"}
FAMILY = {name for name in vars(errors) if name.endswith("Error")} | {"TooSoonError", "HeldError", "SheetError"}
SPEAKING = {"t", "tn", "marked_n", "Message", *FAMILY}


@cache
def translations() -> dict[str, str]:
    """Every Chinese sentence by its English one, and by its form for one."""
    return {text: chinese for path in locale.files("zh") for text, chinese in _entries(path)}


def _entries(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        for entry in read_po(file, locale="zh"):
            chinese = entry.string if isinstance(entry.string, str) else (entry.string or ("",))[0]
            yield from ((text, chinese) for text in ([entry.id] if isinstance(entry.id, str) else entry.id) if text)


@cache
def calls() -> list[tuple[str, ast.Call, str]]:
    """Whatever says a sentence: the name of the call, the call, and where it stands."""
    found = []
    for path in sorted([*(ROOT / "crm").rglob("*.py"), *(ROOT / "pages").glob("*.py")]):
        if path.relative_to(ROOT).parts[1] in ON_A_CONSOLE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = _name(node.func) if isinstance(node, ast.Call) and node.args else ""
            if isinstance(node, ast.Call) and name in SPEAKING:
                found.append((name, node, f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def said() -> Iterator[tuple[str, str]]:
    """Every sentence that stands in the code as a literal, and where."""
    for name, call, place in calls():
        texts = [
            *call.args[: 2 if name in ("tn", "marked_n") else 1],
            *(word.value for word in call.keywords if word.arg == "one"),
        ]
        chosen = [text for one in texts for text in ([one.body, one.orelse] if isinstance(one, ast.IfExp) else [one])]
        literals = [text.value for text in chosen if isinstance(text, ast.Constant) and text.value]
        yield from ((str(text), place) for text in literals)
    for path in (ROOT / "crm").rglob("*.html"):
        for text in re.findall(r'\bt\("((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8")):
            yield text, str(path.relative_to(ROOT))


def test_every_sentence_has_a_chinese_one() -> None:
    missing = {text: place for text, place in said() if text not in translations()}

    assert missing == {}


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    wrong = [place for _, call, place in calls() if any(isinstance(part, ast.JoinedStr) for part in call.args)]

    assert wrong == []


def test_what_is_not_written_at_its_place_is_translated_too() -> None:
    of_layouts = {s for one in layouts.every().values() for s in (one.says, one.not_kept, *one.left_out, *one.remarks)}
    labels = {column.label for kind in KINDS.values() for column in kind.columns} | {
        kind.label for kind in KINDS.values()
    }
    entries = {entry.title for entry in menu.entries()} | set(menu.Part) | set(words.registered())
    refusals = {refusal(right).message.text for right in Right}

    assert (of_layouts | labels | entries | refusals | set(Role)) - {""} - translations().keys() == set()


def test_every_translation_has_its_sentence() -> None:
    """What nobody says any more goes from the catalogues, too."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "crm").rglob("*.html"))
    for path in [*(ROOT / "crm").rglob("*.py"), *(ROOT / "pages").glob("*.py")]:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        code += "\n".join(str(node.value) for node in nodes if isinstance(node, ast.Constant)) + "\n"
    made = {refusal(right).message.text for right in Right} | {kind.label.lower() for kind in KINDS.values()}

    assert [text for text in translations() if text not in made and text not in code] == []


def test_a_translation_has_the_places_of_its_sentence() -> None:
    """The form for one may leave its number out."""
    wrong = [
        text
        for text, chinese in translations().items()
        if not set(PLACES.findall(text)) <= set(PLACES.findall(chinese)) | {"count"}
        or set(PLACES.findall(chinese)) - set(PLACES.findall(text)) - {"count"}
    ]

    assert wrong == []


def test_no_sentence_has_two_translations() -> None:
    times = Counter(text for path in locale.files("zh") for text, _ in _entries(path))

    assert [text for text, count in times.items() if count > 1] == []


@pytest.mark.parametrize("path", locale.files("zh"), ids=lambda path: path.stem)
def test_a_catalogue_is_in_order_and_says_something(path: Path) -> None:
    texts = [text for text, _ in _entries(path)]

    assert texts
    assert all(chinese for _, chinese in _entries(path))
