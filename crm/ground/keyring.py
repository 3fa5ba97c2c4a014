"""The key that lies outside the database: whoever holds only the database can neither seal nor read what needs it."""

import hashlib
import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from crm.ground.config import settings
from crm.ground.errors import CrmError

BYTES = 32


def path() -> Path:
    """Where the key lies: CRM_KEY_FILE, or the file `key` in the data folder."""
    return settings().key_file or settings().data_dir / "key"


def is_there() -> bool:
    return path().is_file()


def sealed(purpose: str, text: str) -> str:
    """HMAC-SHA256 of a text under the key of one purpose, as 64 hexadecimal digits; a key is made where there is none.

    Raises:
        CrmError: the key file cannot be read or made.
    """
    return hmac.new(_key(path().absolute(), purpose), text.encode(), hashlib.sha256).hexdigest()


def is_sealed(purpose: str, text: str, seal: str) -> bool:
    return hmac.compare_digest(sealed(purpose, text).encode(), seal.encode())


@lru_cache
def _key(file: Path, purpose: str) -> bytes:
    """A key for each purpose, so that a seal of one is never good for another."""
    return hmac.new(_master(file), purpose.encode(), hashlib.sha256).digest()


def _master(file: Path) -> bytes:
    try:
        if not file.exists():
            _make(file)
        return bytes.fromhex(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise CrmError(
            "The key file {file} cannot be read or made ({why}); check CRM_KEY_FILE.", file=file, why=error
        ) from error


def _make(file: Path) -> None:
    """Whole or not at all, for its owner only; of two processes the first one's key stays."""
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as made:
        made.write(secrets.token_bytes(BYTES).hex())
        made.flush()
        os.fsync(made.fileno())
    try:
        os.link(making, file)
    except FileExistsError:
        pass
    finally:
        making.unlink()
