"""A file never ends the service: whatever it is made of is one sentence, and the next file is read."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.ground import config
from crm.ground.errors import InvalidError
from crm.reading import apart, read
from crm.reading.limits import Limits
from tests.conftest import SHARED
from tests.reading import hostile

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="limits are those of Linux")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What takes too much reaches the limit sooner."""
    monkeypatch.setenv("CRM_READING_MEMORY_MB", "400")
    monkeypatch.setenv("CRM_READING_SECONDS", "4")
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused_in_one_sentence(tmp_path: Path, narrow: None, name: str) -> None:
    path = hostile.write(tmp_path, name)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    before = _peak_mb()

    with pytest.raises(InvalidError, match=hostile.FILES[name][1]):
        read(path)

    assert _peak_mb() - before < 50


@pytest.mark.parametrize("name", ["dict.parquet", "lastcorner_singlequote.xlsx", "q2_50000.html", "sst_amp.xlsx"])
@pytest.mark.skipif(not SHARED.exists(), reason="the shared files are not here")
def test_what_ended_the_service_before_is_refused(name: str) -> None:
    with pytest.raises(InvalidError):
        read(SHARED / "hostile" / name)


def test_cells_that_are_merged_to_the_end_of_the_sheet_cost_nothing_beyond_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    path.write_bytes(hostile.merged_without_end())

    [table] = read(path)

    assert list(table.rows()) == [["11"]]


def test_the_next_file_is_read_after_one_that_ended_its_reader(tmp_path: Path, narrow: None) -> None:
    bad = hostile.write(tmp_path, "no_place.xlsx")
    good = tmp_path / "good.xlsx"
    good.write_bytes(hostile.workbook())
    with pytest.raises(InvalidError, match=hostile.NOT_WITHIN):
        read(bad)

    [table] = read(good)

    assert list(table.rows()) == [["11"]]


def test_the_process_that_reads_is_started_again_where_somebody_ended_it(tmp_path: Path) -> None:
    good = tmp_path / "good.xlsx"
    good.write_bytes(hostile.workbook())
    read(good)
    running = apart._process._running
    assert running
    running.kill()
    running.wait()

    [table] = read(good)

    assert list(table.rows()) == [["11"]]


def test_a_reader_that_takes_its_time_is_ended(tmp_path: Path, narrow: None) -> None:
    path = tmp_path / "cards.vcf"
    path.write_bytes(b"BEGIN:VCARD\nFN:A\n" + b"".join(b"TITLE:%d\n" % n for n in range(100_000)) + b"END:VCARD\n")

    with pytest.raises(InvalidError, match="within 400 MB of memory and 4 seconds"):
        read(path)


def test_plain_text_needs_no_other_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "opened", None)
    (tmp_path / "list.csv").write_bytes(b"uid,name\n1,Ana\n")

    [table] = read(tmp_path / "list.csv")

    assert list(table.rows()) == [["1", "Ana"]]


def test_several_are_read_at_once(tmp_path: Path) -> None:
    good = tmp_path / "good.xlsx"
    good.write_bytes(hostile.workbook())
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.extend(read(good)[0].rows())) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [["11"]] * 6


def test_a_larger_file_may_take_longer() -> None:
    assert apart.limits_for(0) == Limits(1000, 10, 2000, 300)
    assert apart.limits_for(60_000_000).seconds == 40


def _peak_mb() -> int:
    """Of this process, which read nothing of it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024
