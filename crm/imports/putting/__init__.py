"""Checked rows meet the store: which are new, which change something, which stay out, and the writes themselves."""

from crm.imports.putting.people import Importer
from crm.imports.putting.settle import Settled, hold, settle, write

__all__ = ["Importer", "Settled", "hold", "settle", "write"]
