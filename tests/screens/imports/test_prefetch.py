"""A preview is laid out while its columns are looked at; whatever goes wrong there is said to those who ask, not before."""

from collections.abc import Iterator

import pytest

from crm import db, imports
from crm.imports import Batch, staging_pool
from crm.screens.imports import prefetch
from tests.cast import Cast
from tests.imports.bringing import staged


@pytest.fixture(autouse=True)
def running() -> Iterator[None]:
    prefetch.start()
    yield
    prefetch.stop()


def waited_for(batch: Batch) -> bool:
    """Whether the first page of its preview stands once everything asked for before is done."""
    prefetch._pools[0].submit(lambda: None).result()
    with staging_pool.held(batch) as staged_batch:
        return bool(staged_batch.pages)


def test_the_page_that_will_be_asked_for_stands_before_it_is(cast: Cast) -> None:
    batch = staged(cast.mei, "clients", b"uid,name\n11,Alder\n")

    prefetch.preview(cast.mei, batch)

    assert waited_for(batch)
    with db.read() as session:
        assert [line.name for line in imports.preview(session, cast.mei, batch.id).lines] == ["Alder"]


def test_an_open_question_or_a_batch_that_is_gone_does_not_stop_those_behind_it(cast: Cast) -> None:
    asking = staged(cast.mei, "clients", b"uid,birthday\n11,03/04/1980\n")
    gone = staged(cast.mei, "clients", b"uid,name\n12,Birch\n")
    with db.write(by=cast.mei) as session:
        imports.discard(session, cast.mei, gone.id)
    batch = staged(cast.mei, "clients", b"uid,name\n11,Alder\n")

    for one in (asking, gone, batch):
        prefetch.preview(cast.mei, one)

    assert waited_for(batch)


def test_a_large_file_is_not_laid_out_unasked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefetch, "LARGEST", 10)
    batch = staged(cast.mei, "clients", b"uid,name\n11,Alder\n")

    prefetch.preview(cast.mei, batch)

    assert not waited_for(batch)
