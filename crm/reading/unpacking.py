"""Packed files: unpacked into a folder that goes away by itself, and never beyond the limit."""

import gzip
import shutil
import tempfile
import weakref
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from crm.ground.errors import InvalidError

_CHUNK = 1 << 20
_MEMBERS = 1_000
_BROKEN = (
    zipfile.BadZipFile,
    EOFError,
    OSError,
    zlib.error,
    NotImplementedError,
    ValueError,
    RuntimeError,
    UnicodeError,
)


@dataclass
class Budget:
    """How many bytes may still come out of a file, and how many files came, counted over everything packed inside it."""

    most_mb: int
    left: int = field(init=False)
    members: int = 0

    def __post_init__(self) -> None:
        self.left = self.most_mb * 1_000_000

    @property
    def is_spent(self) -> bool:
        return self.left < 0 or self.members > _MEMBERS

    def count(self, members: int, name: str) -> None:
        """Files that are packed inside, over everything that is."""
        self.members += members
        if self.members > _MEMBERS:
            raise InvalidError(
                "{name} holds more than {count} files; send the lists inside it one by one.", name=name, count=_MEMBERS
            )

    def foresee(self, count: int, name: str) -> None:
        """What a file says of itself is believed where it is too much: nothing needs to be unpacked to refuse it."""
        if count > self.left:
            self.spend(count, name)

    def spend(self, count: int, name: str) -> None:
        self.left -= count
        if self.left < 0:
            raise InvalidError(
                "{name} unpacks to more than {limit} MB; send the lists inside it one by one.",
                name=name,
                limit=self.most_mb,
            )


class Folder:
    """A folder that goes away with the last table that was read from it."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="crm-read-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


def members(path: Path, name: str) -> list[str]:
    """Names of what is packed inside; raises InvalidError for a damaged or locked ZIP."""
    with _opened(path, name) as packed:
        return [info.filename for info in packed.infolist()]


def unpack_zip(path: Path, name: str, folder: Path, budget: Budget) -> Iterator[tuple[str, Path]]:
    """Every file inside, as (its name there, where it lies now)."""
    with _opened(path, name) as packed:
        budget.count(len(packed.filelist), name)
        budget.foresee(sum(info.file_size for info in packed.infolist()), name)
        for place, info in enumerate(_wanted(packed)):
            target = folder / f"{place}{PurePosixPath(info.filename).suffix[:10]}"
            with _reading(name), _member(packed, info) as source, target.open("wb") as file:
                for chunk in _chunks(source):
                    budget.spend(len(chunk), name)
                    file.write(chunk)
            yield _name(info), target


def unpack_gzip(path: Path, name: str, folder: Path, budget: Budget) -> Path:
    target = folder / "unpacked"
    with _reading(name), gzip.open(path) as source, target.open("wb") as file:
        for chunk in _chunks(source):
            budget.spend(len(chunk), name)
            file.write(chunk)
    return target


def measure(path: Path, name: str, budget: Budget) -> None:
    """Unpack a workbook to nowhere, so that a bomb is met here and not by the one who reads sheets."""
    with _opened(path, name) as packed:
        budget.foresee(sum(info.file_size for info in packed.infolist()), name)
        for info in packed.infolist():
            with _reading(name), _member(packed, info) as source:
                for chunk in _chunks(source):
                    budget.spend(len(chunk), name)


def _chunks(source: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    with _reading(name):
        packed = zipfile.ZipFile(path)
    if any(info.flag_bits & 1 for info in packed.infolist()):
        raise InvalidError("{name} is locked with a password; unlock it and try again.", name=name)
    return packed


def _member(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> IO[bytes]:
    # The size that a file claims for itself may lie; what really comes out is counted.
    info.file_size = 1 << 62
    return packed.open(info)


def _wanted(packed: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    for info in packed.infolist():
        parts = PurePosixPath(info.filename).parts
        if not info.is_dir() and parts and not any(part.startswith((".", "__MACOSX")) for part in parts):
            yield info


def _name(info: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


class _reading:  # noqa: N801 -- reads as a sentence: with _reading(name)
    """Whatever goes wrong inside is one sentence: the file is damaged."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, _BROKEN) and not isinstance(error, InvalidError):  # which knows better already
            raise InvalidError(
                "{name} is damaged or was cut off on its way; fetch it again and try once more.", name=self._name
            ) from error
