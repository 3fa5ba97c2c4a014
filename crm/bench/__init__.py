"""What this machine can do: how fast files come in, and how long people wait for a page."""

from crm.bench.benches import Load, run, told

__all__ = ["Load", "run", "told"]
