"""Keeping the store in good health: opening it, looking it over, copying it away and bringing a copy back."""

from crm.upkeep.backups import backup, nightly
from crm.upkeep.debris import sweep
from crm.upkeep.doctor import Finding, doctor, journal_only
from crm.upkeep.places import choose
from crm.upkeep.restoring import restore
from crm.upkeep.store import open_store, reopen_store

__all__ = [
    "Finding", "backup", "choose", "doctor", "journal_only", "nightly", "open_store", "reopen_store", "restore", "sweep",
]  # fmt: skip
