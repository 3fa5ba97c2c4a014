"""The glossary: words that mean the same, in whatever language or slang."""

from pydantic import ConfigDict
from sqlmodel import Field, SQLModel

from crm.ground import limits, rows


class GlossaryEntry(rows.Versioned, table=True):
    """Words of one meaning: who searches for one of them finds the others, too."""

    __tablename__ = "glossary_entry"

    words: list[str] = rows.json_list()


class Meaning(SQLModel):
    """What a lead says of an entry: at least two words, each as people write it."""

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]

    words: list[limits.Code] = Field(min_length=2, max_length=50)
    version: int | None = None
