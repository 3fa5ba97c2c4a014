"""The schema's history: at start every database is brought to the newest revision, after a backup."""

from crm.migrations.runner import Pending, pending, upgrade

__all__ = ["Pending", "pending", "upgrade"]
