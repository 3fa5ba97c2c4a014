"""A file is read before anything is written: nobody waits for it, and who may not bring it in learns so at once."""

import threading

import pytest

from crm import db, imports
from crm.ground import config
from crm.ground.errors import InvalidError, NotAllowedError
from crm.imports import Batch
from tests.cast import Cast


def test_a_file_is_read_while_somebody_else_is_saving(cast: Cast) -> None:
    found: list[Batch] = []
    reader = threading.Thread(
        target=lambda: found.append(imports.arrive(cast.mei, "clients", "list.csv", b"uid,name\n11,Somebody\n"))
    )

    with db.write(by=cast.tomas):
        reader.start()
        reader.join(timeout=60)

    assert [batch.kind for batch in found] == ["clients"]
    with db.write(by=cast.mei) as session:
        imports.note(session, found[0])
    assert imports.apply(cast.mei, found[0].id).counts.created == 1


def test_a_kept_file_that_was_cut_short_is_mended_by_dropping_it_in_again(cast_on_duckdb: Cast) -> None:
    content = b"uid,name\n11,Somebody\n"
    first = imports.arrive(cast_on_duckdb.mei, "clients", "list.csv", content)
    [kept] = (config.settings().data_dir / "files").iterdir()
    kept.write_bytes(b"")

    again = imports.arrive(cast_on_duckdb.mei, "clients", "list.csv", content)

    assert again.file_hash == first.file_hash
    assert kept.read_bytes() == content


def test_a_thousand_columns_are_enough(cast: Cast) -> None:
    wide = ",".join(f"c{n}" for n in range(20_000))

    with pytest.raises(InvalidError, match="has 20,000 columns, and at most 1,000 are taken"):
        imports.arrive(cast.mei, "clients", "wide.csv", f"{wide}\n{wide}\n".encode())


def test_a_list_of_staff_is_refused_to_a_manager_before_it_is_staged(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        imports.arrive(cast.mei, "managers", "staff.csv", b"email,name\nnew@desk.example,New\n")
