"""The command line: crm serve, demo, import, undo, export, read, doctor, backup, restore, user, bench."""

from crm.cli.program import app, main, process

__all__ = ["app", "main", "process"]
