"""What tells a folder that held a desk from an empty one: where a desk was, no new one begins in silence."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL

from crm.ground import clock
from crm.ground.config import settings
from crm.ground.errors import CrmError
from crm.upkeep import places

FILE = "identity"


class MissingDeskError(CrmError):
    """A desk was here, and its database is not."""


def check(url: URL) -> None:
    """Refuse to begin a new desk where there was one.

    Raises:
        MissingDeskError: it names what shows that there was, and what to do.
    """
    found = next(_traces(url), None)
    if found is None:
        return
    kept = _newest_copy(url)
    raise MissingDeskError(
        "The database {place} is missing or empty, but there was one ({found}); nothing was made in its place. Is its disk "
        "mounted, and is CRM_DATA_DIR right? {copy} For a new desk, choose an empty folder with CRM_DATA_DIR.",
        place=places.place_of(url),
        found=found,
        copy=f"The newest copy is {kept}: crm restore {kept}." if kept else "No copy of it lies there.",
    )


def note(url: URL) -> None:
    """Write down that this desk lives here; a folder that cannot be written to goes without."""
    known = _known(url)
    if _name(url) in known or _is_in_memory(url):
        return
    made = known | {_name(url): clock.now().isoformat()}
    with suppress(OSError):
        folder = places.make_folder(_folder(url))
        making = folder / f".{FILE}.making"
        making.write_text(json.dumps({"desks": made}, indent=1), encoding="utf-8")
        making.replace(folder / FILE)


def _traces(url: URL) -> Iterator[str]:
    if _is_in_memory(url):
        return
    folder, name = _folder(url), _name(url)
    if name in _known(url):
        yield str(folder / FILE)
    if places.is_file(url):
        live = Path(name)
        for pattern in (f".{name}.coming", f"{live.stem}.before-restore-*", "backups/*.duckdb", "files/*"):
            yield from map(str, sorted(folder.glob(pattern)))
        if (folder / f"{name}.wal").exists() and not (folder / name).exists():
            yield str(folder / f"{name}.wal")


def _newest_copy(url: URL) -> Path | None:
    folder = _folder(url)
    if not places.is_file(url):
        found = list(folder.glob("backups/*.zip"))
    else:
        found = [*folder.glob("backups/*.duckdb"), *folder.glob(f"{Path(_name(url)).stem}.before-restore-*.duckdb")]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _known(url: URL) -> dict[str, str]:
    """The desks that live in this folder; a file that cannot be read still tells that there was one."""
    try:
        desks: dict[str, str] = json.loads((_folder(url) / FILE).read_text(encoding="utf-8"))["desks"]
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, KeyError, TypeError):
        return {_name(url): ""}
    return desks


def _is_in_memory(url: URL) -> bool:
    return places.is_file(url) and (url.database or ":memory:").startswith(":memory:")


def _folder(url: URL) -> Path:
    return Path(url.database or "").parent if places.is_file(url) else settings().data_dir


def _name(url: URL) -> str:
    return Path(url.database or "").name if places.is_file(url) else places.place_of(url)
