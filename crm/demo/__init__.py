"""A desk that never was: files of invented clients, made anew from a seed."""

from crm.demo.write import FULL, LAST_DAY, SEED, Size, generate

__all__ = ["FULL", "LAST_DAY", "SEED", "Size", "generate"]
