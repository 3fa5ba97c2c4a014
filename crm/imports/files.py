"""Where dropped files are kept: under their own hash, so that the same file is kept once and known again."""

import hashlib
import shutil
from pathlib import Path

from crm.ground.config import settings
from crm.ground.errors import CrmError, InvalidError
from crm.imports.models import Batch

MB = 1_000_000  # as the reader counts, and the settings say


def keep(file_name: str, content: bytes | Path) -> tuple[str, int]:
    """Keep a copy of a file; gives its SHA-256 and its size in bytes."""
    size = len(content) if isinstance(content, bytes) else _size(content)
    if size > settings().upload_limit_mb * MB:
        raise InvalidError(
            "“{name}” has {size} MB, and at most {limit} MB are taken. Split it, or raise CRM_UPLOAD_LIMIT_MB.",
            name=file_name,
            size=-(-size // MB),
            limit=settings().upload_limit_mb,
        )
    folder = settings().data_dir / "files"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _copied(folder, file_name, content), size
    except OSError as error:
        raise CrmError(
            "The file cannot be kept in {folder} ({why}); nothing was imported.", folder=folder, why=error.strerror
        ) from error


def path_of(batch: Batch) -> Path:
    found = _place(settings().data_dir / "files", batch.file_hash, batch.file_name)
    if not found.exists():
        raise InvalidError("The file “{name}” is no longer kept here; drop it in again.", name=batch.file_name)
    return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise InvalidError("The file “{name}” cannot be read ({why}).", name=path, why=error.strerror) from error


def _copied(folder: Path, file_name: str, content: bytes | Path) -> str:
    """The copy of a file is hashed, not the original, so that one that changes meanwhile cannot be kept under a wrong name."""
    part = folder / f"arriving-{hashlib.sha256(str(id(content)).encode()).hexdigest()[:12]}"
    if isinstance(content, bytes):
        file_hash = hashlib.sha256(content).hexdigest()
        if _is_whole(_place(folder, file_hash, file_name), len(content)):
            return file_hash
        part.write_bytes(content)
    else:
        before = content.stat()
        shutil.copyfile(content, part)
        after = content.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            part.unlink()
            raise InvalidError(
                "“{name}” was changed while it was read; wait until it is written, and send it again.",
                name=file_name,
            )
        with part.open("rb") as file:
            file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    part.rename(_place(folder, file_hash, file_name))
    return file_hash


def _is_whole(place: Path, size: int) -> bool:
    """Kept already, and not cut short by a machine that stopped."""
    return place.exists() and place.stat().st_size == size


def _place(folder: Path, file_hash: str, file_name: str) -> Path:
    return folder / (file_hash + "".join(Path(file_name.replace("\0", "")).suffixes[-2:]).lower()[:20])
