"""Text becomes values, column by column and set-based; whatever does not fit becomes a problem in words."""

from crm.intake.checking.check import ask, check
from crm.intake.checking.sums import SUMS

__all__ = ["SUMS", "ask", "check"]
