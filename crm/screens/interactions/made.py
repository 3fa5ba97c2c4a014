"""What is said where a write logged a conversation beside what it was asked for."""

from collections.abc import Sequence

from crm.web.kit import flash
from crm.web.locale import t, tn


def told(made: Sequence[flash.Fields]) -> str:
    if len(made) > 1:
        return tn("{count} conversation was logged.", "{count} conversations were logged.", len(made))
    return t("It is logged as a conversation, too.")
