"""Sentences of ours in the reader's language, wherever they are read: on a page, in a file, in a mail."""

from crm.locale.catalogues import catalogue, files
from crm.locale.rendering import render

__all__ = ["LANGUAGES", "catalogue", "files", "render"]

LANGUAGES = {"en": "English", "zh": "中文"}
