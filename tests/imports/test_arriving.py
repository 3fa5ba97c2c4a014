"""A file is read before anything is written: nobody waits for it, and who may not bring it in learns so at once."""

import threading

import pytest

from crm import db, imports
from crm.ground import config
from crm.ground.errors import InvalidError, NotAllowedError
from crm.imports import Batch, Options, staging_pool
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


@pytest.mark.parametrize("name", ["list.\0csv", "list\0.csv", "list.csv\0"])
def test_a_name_that_nothing_could_keep_is_refused_in_a_sentence(cast: Cast, name: str) -> None:
    with pytest.raises(InvalidError, match="File name holds a character that cannot be stored"):
        imports.arrive(cast.mei, "clients", name, b"uid,name\n11,Somebody\n")


def test_an_option_that_nothing_could_keep_is_refused_in_a_sentence(cast: Cast) -> None:
    said = Options(venue="O\0KX"), Options(mapping_name="mine\0"), Options(values={"tier": "VIP\0"})

    for options in said:
        with pytest.raises(InvalidError, match="holds a character that cannot be stored"):
            imports.arrive(cast.mei, "clients", "list.csv", b"uid,name\n11,Somebody\n", options)


def test_a_file_is_too_large_for_the_reader_and_for_the_shelf_alike(
    cast_on_duckdb: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_UPLOAD_LIMIT_MB", "1")
    config.settings.cache_clear()

    with pytest.raises(InvalidError, match="has 2 MB, and at most 1 MB are taken"):
        imports.arrive(cast_on_duckdb.mei, "clients", "list.csv", b"uid,name\n" + b"1,Ana\n" * 170_000)

    assert not (config.settings().data_dir / "files").exists()


def test_a_file_that_is_refused_leaves_nothing_in_memory(cast: Cast) -> None:
    before = set(staging_pool._open)

    with pytest.raises(InvalidError, match="fits no kind"):
        imports.arrive(cast.mei, None, "colours.csv", b"colour,size\nred,9\n")

    assert set(staging_pool._open) <= before
