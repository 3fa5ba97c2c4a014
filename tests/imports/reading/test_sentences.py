"""Every sentence with which a file is refused, or remarked on, is there in Chinese too."""

import ast
from collections.abc import Iterator
from pathlib import Path

from crm.web import locale

ROOT = Path(__file__).parents[3] / "crm" / "imports"
PLACES = [*sorted((ROOT / "reading").glob("*.py")), ROOT / "files.py"]


def sentences() -> Iterator[tuple[str, str]]:
    """What InvalidError is raised with, and what is added to notes; the places are filled with something."""
    for path in PLACES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _says(node.func) and node.args:
                text = _filled(node.args[0])
                if text and text.endswith("."):
                    yield text, f"{path.name}:{node.lineno}"


def _says(function: ast.expr) -> bool:
    name = getattr(function, "id", "") or getattr(function, "attr", "")
    return name in ("InvalidError", "CrmError", "append")


def _filled(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "Q7" for part in node.values)  # type: ignore[misc]
    return ""


def test_every_sentence_about_a_file_has_a_chinese_one() -> None:
    locale.use("zh")
    try:
        missing = {text: place for text, place in sentences() if locale.sentence(text) == text}
    finally:
        locale.use("en")

    assert missing == {}
