"""Titles of groups, numbers of pages and remarks between the rows of a sheet are no clients; a client of a name alone is one."""

import pytest
from sqlmodel import col, select

from crm import db
from crm.clients.models import Client
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems

ROWS = ["Ana Orlov,ana@example.org,DE,VIP1", "Bo Orlov,bo@example.org,FR,VIP2", "Cy Orlov,cy@example.org,JP,VIP1"]
HEADING, REMARK = "is a heading of the rows below it, and no row of its own", "is a remark, and no row of its own"
ALONE = "stands alone in its row, as a heading would; it was taken for a row of its own"
TITLES = [
    "Group A",
    "== Asia ==",
    "Manager: Mei",
    "VIP3",
    "【重点客户】",
    "Asia",
    "Deutschland",
    "Hot leads",
    "Mei's clients",
    "亚洲区",
    "mei@desk.example",
    "January 2026",
    "[EMEA]",
    "Inactive",
]
OTHERS = {
    "Page 2 of 5": REMARK,
    "Note: figures are provisional": REMARK,
    "Zed Orlov": ALONE,
    "Group Orlov Holdings GmbH": ALONE,
}


@pytest.mark.parametrize("header", ["Name,Email,Country,VIP level"])
def test_titles_between_rows_are_no_clients_and_are_said(cast_on_duckdb: Cast, header: str) -> None:
    """The same client again is a repetition; what stands between them is told from people by its words."""
    said = dict.fromkeys(TITLES, HEADING) | OTHERS
    lines = [header, ROWS[0]]
    for title in said:
        lines += [f"{title},,,", ROWS[1]]

    done = bring_in(cast_on_duckdb.mei, "clients", "\n".join([*lines, ROWS[2]]))

    told = [why for line, _, why in problems(cast_on_duckdb.mei, done) if line % 2 and line > 1]
    assert told == list(said.values())
    assert names() == ["Ana Orlov", "Bo Orlov", "Cy Orlov", "Group Orlov Holdings GmbH", "Zed Orlov"]


def test_words_among_numbers_and_behind_a_blank_line_are_titles(cast_on_duckdb: Cast) -> None:
    rows = [f"600{n},{row}" for n, row in enumerate(ROWS)]

    done = bring_in(
        cast_on_duckdb.mei,
        "clients",
        "\n".join(
            ["UID,Name,Email,Country,VIP level", rows[0], "Wolf pack,,,,", rows[1], "", ",Our friends,,,", rows[2]]
        ),
    )

    assert [(line, why) for line, _, why in problems(cast_on_duckdb.mei, done) if why == HEADING] == [
        (3, HEADING),
        (6, HEADING),
    ]
    assert names() == ["Ana Orlov", "Bo Orlov", "Cy Orlov"]


def test_clients_of_whom_only_the_name_is_known_stay(cast_on_duckdb: Cast) -> None:
    done = bring_in(
        cast_on_duckdb.mei, "clients", "Name,Email\nAna Orlov,\nBo Orlov,bo@example.org\nGroup Orlov,\nAsia Orlov,\n"
    )

    assert (done.counts.created, problems(cast_on_duckdb.mei, done)) == (4, [])


@pytest.mark.parametrize(
    "words", ["Subtotal Asia", "Grand total (USD)", "Total for Mei", "Group A total", "Asia subtotal", "亚洲小计"]
)
def test_sums_of_groups_are_no_clients(cast_on_duckdb: Cast, words: str) -> None:
    done = bring_in(
        cast_on_duckdb.mei, "clients", f"Name,Email,Country,Volume\nAna Orlov,ana@example.org,DE,5\n{words},,,5\n"
    )

    assert (done.counts.created, done.counts.refused, names()) == (1, 1, ["Ana Orlov"])


def names() -> list[str]:
    with db.read() as session:
        return sorted(session.exec(select(Client.name).where(col(Client.name).contains("Orlov"))))


@pytest.mark.parametrize("words", ["Total clients,2", "Total: 2 clients,", "Number of clients,2", "合计,2", "Summe,"])
def test_a_line_of_sums_is_no_client(cast_on_duckdb: Cast, words: str) -> None:
    text = f"Name,UID,E-mail\nAnn Low,9901,ann@x.example\nBo Ott,9902,bo@x.example\n{words},\n"

    done = bring_in(cast_on_duckdb.mei, "clients", text)

    assert done.counts == counts(created=2, refused=1)


def test_sums_and_titles_among_tasks_are_no_tasks(cast_on_duckdb: Cast) -> None:
    text = "Task,Priority,Due\nThis week,,\nWrite,high,2026-04-01\nCall,low,2026-04-02\nTotal: 2 tasks,,\n"

    done = bring_in(cast_on_duckdb.mei, "tasks", text)

    assert done.counts == counts(created=2, refused=2)
