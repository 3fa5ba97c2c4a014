"""Checked rows meet the store: which are new, which change something, which stay out, and the writes themselves."""

from crm.imports.putting.settle import Settled, settle, write

__all__ = ["Settled", "settle", "write"]
