"""Where dropped files are kept: under their own hash, so that the same file is kept once and known again."""

import hashlib
import shutil
from pathlib import Path

from crm.config import settings
from crm.errors import CrmError, InvalidError
from crm.imports.models import Batch

BLOCK = 1 << 20


def keep(file_name: str, content: bytes | Path) -> tuple[str, int]:
    """Keep a copy of a file; gives its SHA-256 and its size in bytes."""
    size = len(content) if isinstance(content, bytes) else _size(content)
    if size > settings().upload_limit_mb << 20:
        raise InvalidError(
            f"“{file_name}” has {size >> 20:,} MB, and at most {settings().upload_limit_mb:,} MB are taken."
            " Split it, or raise CRM_UPLOAD_LIMIT_MB."
        )
    folder = settings().data_dir / "files"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _copied(folder, file_name, content), size
    except OSError as error:
        raise CrmError(f"The file cannot be kept in {folder} ({error.strerror}); nothing was imported.") from error


def path_of(batch: Batch) -> Path:
    found = _place(settings().data_dir / "files", batch.file_hash, batch.file_name)
    if not found.exists():
        raise InvalidError(f"The file “{batch.file_name}” is no longer kept here; drop it in again.")
    return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise InvalidError(f"The file “{path}” cannot be read ({error.strerror}).") from error


def _copied(folder: Path, file_name: str, content: bytes | Path) -> str:
    """The copy is hashed, not the original, so that a file that changes meanwhile cannot be kept under a wrong name."""
    part = folder / f"arriving-{hashlib.sha256(str(id(content)).encode()).hexdigest()[:12]}"
    if isinstance(content, bytes):
        part.write_bytes(content)
    else:
        shutil.copyfile(content, part)
    digest = hashlib.sha256()
    with part.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    part.rename(_place(folder, digest.hexdigest(), file_name))
    return digest.hexdigest()


def _place(folder: Path, file_hash: str, file_name: str) -> Path:
    return folder / (file_hash + "".join(Path(file_name).suffixes[-2:]).lower()[:20])
