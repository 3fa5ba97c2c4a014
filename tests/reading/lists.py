"""Believable client lists, written in any dialect that programs write."""

import random
from pathlib import Path

from hypothesis import strategies as st

from crm.reading import Dialect, Table, read

FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉兰海波"
KANA = ["さとう たろう", "スズキ ハナコ", "田中 一郎", "高橋 めぐみ", "東京都港区", "ありがとうございます"]
NOTES = [
    "called twice",
    "wants VIP 5",
    'says "maybe"',
    "likes tea, not coffee",
    "a; b; c",
    "line one\nline two",
    "",
    "don't call",
]


def column(kind: str, count: int, chance: random.Random) -> list[str]:
    makers = {
        "uid": lambda: str(chance.randint(10**17, 10**18 - 1)),
        "code": lambda: f"00{chance.randint(100, 99999)}",
        "name": lambda: (
            f"{chance.choice(['Ana', 'Bo', 'Chen', 'Dmitri', 'Eva'])} {chance.choice(['Lind', 'Okafor', 'Ruiz'])}"
        ),
        "chinese": lambda: chance.choice(FAMILIES) + "".join(chance.choices(GIVEN, k=chance.randint(1, 2))),
        "kana": lambda: chance.choice(KANA),
        "western": lambda: chance.choice(["José Núñez", "Zoë Müller", "François Lefèvre", "Ana Lima", "Søren Åberg"]),
        "cyrillic": lambda: chance.choice(["Иван Петров", "Ольга Смирнова", "Дмитрий Кузнецов"]),
        "amount": lambda: f"{chance.uniform(-1000, 90000):.2f}",
        "day": lambda: f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "mail": lambda: f"user{chance.randint(1, 999)}@example.com",
        "note": lambda: chance.choice(NOTES),
    }
    return [makers[kind]() for _ in range(count)]


@st.composite
def tables(draw: st.DrawFn, *, must: str = "uid", also: tuple[str, ...] = ()) -> list[list[str]]:
    """A header and 4 to 30 rows of 3 to 7 columns."""
    chance = random.Random(draw(st.integers(0, 10**6)))  # noqa: S311
    kinds = ["uid", "code", "name", "amount", "day", "mail", "note", *also]
    chosen = [must, *draw(st.lists(st.sampled_from(kinds), min_size=2, max_size=6))]
    count = draw(st.integers(4, 30))
    columns = [[f"{kind} {place}", *column(kind, count, chance)] for place, kind in enumerate(chosen)]
    return [list(row) for row in zip(*columns, strict=True)]


def written(rows: list[list[str]], dialect: Dialect) -> bytes:
    """As a program would write it: cells are quoted where they must be."""
    text = dialect.line_end.join(dialect.delimiter.join(_cell(cell, dialect) for cell in row) for row in rows)
    return (text + dialect.line_end).encode(dialect.encoding)


def _cell(cell: str, dialect: Dialect) -> str:
    special = (dialect.delimiter, dialect.quote, "\n", "\r", dialect.escape or dialect.quote)
    if not any(sign in cell for sign in special):
        return cell
    if dialect.escape:
        cell = cell.replace(dialect.escape, dialect.escape * 2)
    return (
        dialect.quote + cell.replace(dialect.quote, (dialect.escape or dialect.quote) + dialect.quote) + dialect.quote
    )


def read_one(folder: Path, content: bytes, name: str = "list.csv", **dialect: str) -> Table:
    path = folder / name
    path.write_bytes(content)
    (table,) = read(path, **dialect)
    return table


def everything(table: Table) -> list[list[str]]:
    header = [table.raw_header] if table.has_header else []
    return [*table.preamble, *header, *table.rows(), *(row.cells for row in table.footer)]
