"""A look at everything that can be wrong with the database and around it, each with what to do about it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from crm import db, migrations
from crm.db import soundness
from crm.db.soundness import Check
from crm.ground.errors import CrmError
from crm.upkeep import checks, heads, identity, places, store, surroundings


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, what was found, and what to do if it is not."""

    check: str
    ok: bool
    sentence: str
    what_to_do: str = ""


_RESTORE = "Restore the newest backup with “crm restore FILE”, or report this with the output of “crm doctor --json”."
_TABLES = {
    "references": Check(checks.orphans, "Every reference points at something.", _RESTORE),
    "keys": Check(checks.doubles, "Every key stands once.", _RESTORE),
}
_HEAD = {
    "head": Check(
        heads.cut_off,
        "The journal still holds the entry that was last noted outside.",
        "Somebody cut the journal short: compare with the newest backup.",
    )
}
_CLOCK = {"clock": Check(surroundings.right_time, "The clock fits.", "Set the clock of this machine (NTP).")}
_OUTSIDE: tuple[tuple[str, Callable[[], Iterator[str]], str, str], ...] = (
    ("settings", surroundings.sane, "The settings make sense.", "Correct that environment variable."),
    (
        "folder",
        surroundings.writable,
        "The data folder can be written to.",
        "Set CRM_DATA_DIR to a folder that can be written to.",
    ),
    (
        "reading",
        surroundings.limited,
        "The reading of files is limited in memory and time.",
        "Run VIP Desk on Linux, or take files only from people you trust.",
    ),
    (
        "modes",
        surroundings.closed,
        "Only the user who runs VIP Desk can read its files.",
        "Run “chmod -R go= FOLDER” on the data folder.",
    ),
)


def doctor(url: str | None = None, *, migrate: bool = False) -> list[Finding]:
    """Look at everything; nothing is changed unless `migrate` asks for the migrations that are missing."""
    chosen = places.choose(url)
    place = places.place_of(chosen)
    findings = [_said(name, looked(), well, remedy) for name, looked, well, remedy in _OUTSIDE]
    opened = _opens(place, chosen) if migrate or _is_there(place) else _missing(place)
    findings.append(opened)
    if not opened.ok:
        return findings
    findings.append(
        _said("disk", surroundings.room(), "There is room on the disk.", "Make room, or move CRM_DATA_DIR.")
    )
    current = _current(migrate=migrate)
    findings.append(current)
    return findings + (_inside(_TABLES | dict(soundness.CHECKS) | _HEAD | _CLOCK) if current.ok else [])


def journal_only(url: str | None = None) -> list[Finding]:
    """Look only at the chain of the journal."""
    chosen = places.choose(url)
    place = places.place_of(chosen)
    opened = _opens(place, chosen) if _is_there(place) else _missing(place)
    if not opened.ok:
        return [opened]
    current = _current(migrate=False)
    return (
        _inside({name: soundness.CHECKS.require(name) for name in ("journal", "seals")} | _HEAD)
        if current.ok
        else [current]
    )


def _is_there(place: str) -> bool:
    return "://" in place or Path(place).is_file()


def _missing(place: str) -> Finding:
    remedy = "Start VIP Desk once, or run “crm doctor --migrate”."
    return Finding("database", ok=False, sentence=f"There is no database {place} yet.", what_to_do=remedy)


def _opens(place: str, chosen: URL) -> Finding:
    try:
        if not _is_there(place):
            identity.check(chosen)
        store.check_ours(db.engine())
    except CrmError as error:
        return Finding("database", ok=False, sentence=str(error), what_to_do="See the sentence.")
    return Finding("database", ok=True, sentence=f"{place} opens.")


def _current(*, migrate: bool) -> Finding:
    remedy = "Run “crm doctor --migrate”; a backup is made first."
    try:
        if migrate:
            store.migrate(db.engine())
        state = migrations.pending(db.engine())
    except CrmError as error:
        return Finding("migrations", ok=False, sentence=str(error), what_to_do=remedy)
    if state.is_current:
        return Finding("migrations", ok=True, sentence=f"The database is at revision {state.newest}, the newest.")
    found = f"The database is at revision {state.current}" if state.current else "The database is empty"
    return Finding("migrations", ok=False, sentence=f"{found}, the newest is {state.newest}.", what_to_do=remedy)


def _inside(wanted: Mapping[str, Check]) -> list[Finding]:
    with db.read() as session:
        return [_said(name, check.look(session), check.well, check.remedy) for name, check in wanted.items()]


def _said(name: str, found: Iterator[str], well: str, remedy: str) -> Finding:
    sentences = list(found)
    if not sentences:
        return Finding(name, ok=True, sentence=well)
    whole = "; ".join(sentences)
    return Finding(name, ok=False, sentence=f"{whole[0].upper()}{whole[1:]}.", what_to_do=remedy)
