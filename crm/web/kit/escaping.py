"""The name under which pages have known `say.text`."""

from crm.web.kit.say import text as plain

__all__ = ["plain"]
