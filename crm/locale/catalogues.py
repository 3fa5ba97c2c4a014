"""Gettext catalogues, one `.po` for each noun, compiled in memory."""

from functools import cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

_FOLDER = Path(__file__).parent


def files(language: str) -> list[Path]:
    """The catalogues of a language, noun by noun; English has none, it is what the sentences are written in."""
    return sorted((_FOLDER / language).glob("*.po"))


@cache
def catalogue(language: str) -> NullTranslations:
    """All nouns of a language; a sentence that none of them has stays English."""
    found = NullTranslations()
    for path in files(language):
        with path.open("rb") as file:
            part = _compiled(read_po(file, locale=language))
        part.add_fallback(found)
        found = part
    return found


def _compiled(read: Catalog) -> Translations:
    made = BytesIO()
    write_mo(made, read)
    made.seek(0)
    return Translations(made)
