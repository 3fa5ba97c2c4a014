"""What is guessed of a file is said, and can be answered; what is contradicted is asked before anything goes in."""

import io
import json
from collections.abc import Callable
from decimal import Decimal

import pytest
import sqlmodel
import xlsxwriter

from crm import clients, db, imports
from crm.ground.errors import InvalidError
from crm.intake.guesses import Guess, OpenQuestionError
from crm.trading.models import Balance
from tests.cast import Cast
from tests.imports.bringing import bring_in, staged

HEAD = ("uid", "day", "equity usd")


def of_commas(cells: list[str]) -> bytes:
    return written(",", cells)


def of_semicolons(cells: list[str]) -> bytes:
    return written(";", cells)


def of_tabs(cells: list[str]) -> bytes:
    return written("\t", cells)


def of_json(cells: list[str]) -> bytes:
    return json.dumps(
        [dict(zip(HEAD, (7, f"2026-03-{n:02}", float(c)), strict=True)) for n, c in enumerate(cells, 1)]
    ).encode()


def of_json_texts(cells: list[str]) -> bytes:
    return json.dumps(
        [dict(zip(HEAD, ("7", f"2026-03-{n:02}", c), strict=True)) for n, c in enumerate(cells, 1)]
    ).encode()


def of_excel(cells: list[str]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        for n, cell in enumerate(cells, 1):
            sheet.write_row(n, 0, ["7", f"2026-03-{n:02}", float(cell)])
    return content.getvalue()


def written(delimiter: str, cells: list[str]) -> bytes:
    rows = [delimiter.join(("7", f"2026-03-{n:02}", f'"{cell}"')) for n, cell in enumerate(cells, 1)]
    return "\n".join([delimiter.join(HEAD), *rows]).encode()


def equities() -> list[Decimal]:
    with db.read() as session:
        every = sorted(session.exec(sqlmodel.select(Balance)), key=lambda one: one.day)
        return [one.equity_usd for one in every if one.equity_usd is not None]


def guesses(cast: Cast, content: bytes, kind: str = "balances") -> dict[str, Guess]:
    batch = staged(cast.mei, kind, content)
    with db.read() as session:
        return {one.key: one for one in imports.guesses_of(session, cast.mei, batch.id)}


@pytest.mark.parametrize(
    ("write", "read", "how"),
    [
        (of_commas, "12.345", "sure"),
        (of_semicolons, "12345", "guessed"),
        (of_tabs, "12.345", "guessed"),
        (of_json, "12.345", "sure"),
        (of_json_texts, "12.345", "sure"),
        (of_excel, "12.345", "sure"),
    ],
)
def test_three_digits_behind_a_mark_are_told_by_the_file(
    cast_on_duckdb: Cast, write: Callable[[list[str]], bytes], read: str, how: str
) -> None:
    content = write(["12.345", "99.999"])

    guess = guesses(cast_on_duckdb, content)["decimal_mark:equity usd"]
    bring_in(cast_on_duckdb.mei, "balances", content)

    assert equities()[0] == Decimal(read)
    assert guess.sure is (how == "sure")
    assert guess.others == (("point",) if guess.guess == "comma" else ("comma",))


def test_another_column_tells_the_mark(cast_on_duckdb: Cast) -> None:
    content = b"uid;day;equity usd;deposits usd\n7;2026-03-01;12.345;0.5\n7;2026-03-02;99.999;12.25\n"

    bring_in(cast_on_duckdb.mei, "balances", content)

    assert equities() == [Decimal("12.345"), Decimal("99.999")]


def test_a_person_knows_better(cast_on_duckdb: Cast) -> None:
    content = of_semicolons(["12.345", "99.999"])

    bring_in(cast_on_duckdb.mei, "balances", content, answers={"decimal_mark:equity usd": "point"})

    assert equities() == [Decimal("12.345"), Decimal("99.999")]


def test_what_is_contradicted_is_asked_and_nothing_goes_in(cast_on_duckdb: Cast) -> None:
    content = of_semicolons(["12.345", "99,999"])

    with pytest.raises(OpenQuestionError) as asked:
        bring_in(cast_on_duckdb.mei, "balances", content)

    assert [one["column"] for one in asked.value.details["guesses"] if one["asked"]] == ["equity usd"]
    assert equities() == []
    bring_in(cast_on_duckdb.mei, "balances", content, answers={"decimal_mark": "comma"})
    assert equities() == [Decimal(12345), Decimal("99.999")]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"decimal_mark:Colour": "comma"}, "Nothing of this file was guessed"),
        ({"decimal_mark": "dash"}, "choose one of"),
    ],
)
def test_an_answer_to_what_was_not_asked_is_refused(cast_on_duckdb: Cast, answer: dict[str, str], why: str) -> None:
    with pytest.raises(InvalidError, match=why):
        bring_in(cast_on_duckdb.mei, "balances", of_tabs(["12.345"]), answers=answer)


def test_the_encoding_is_a_guess_with_lines_of_each(cast_on_duckdb: Cast) -> None:
    content = "uid,name\n1,Dvořák\n2,Kříž\n3,Novák\n".encode("cp1250")

    guess = guesses(cast_on_duckdb, content, "clients")["encoding"]

    assert {"cp1250", "cp1252"} <= {guess.guess, *guess.others}
    assert "Dvořák" in guess.samples["cp1250"][0]
    bring_in(cast_on_duckdb.mei, "clients", content, answers={"encoding": "cp1252"})
    with db.read() as session:
        names = {
            line.name for line in clients.page(session, cast_on_duckdb.mei, clients.ClientFilter(text="Dvo")).lines
        }
    assert names == {"1,Dvořák".encode("cp1250").decode("cp1252").split(",")[1]}
