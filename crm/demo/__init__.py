"""A desk that never was: files of invented clients, made anew from a seed."""

from crm.demo.write import LAST_DAY, SEED, Size, generate

__all__ = ["LAST_DAY", "SEED", "Size", "generate"]
