"""How much one field of a form may hold: every list and every text has its most, so that nobody else waits for one request."""

from typing import Annotated

from pydantic import StringConstraints
from sqlmodel import Field

# Letters.
CODE, WORD, LINE, PARAGRAPH, NOTE = 60, 120, 300, 10_000, 1_000_000
# Things.
MOST_CHOSEN, MOST_FIELDS, MOST_CONTACTS, MOST_ROWS = 200, 200, 50, 10_000
KEY = 200  # letters of the key of a row in the journal

Code = Annotated[str, StringConstraints(max_length=CODE)]
Word = Annotated[str, StringConstraints(max_length=WORD)]
Line = Annotated[str, StringConstraints(max_length=LINE)]
Paragraph = Annotated[str, StringConstraints(max_length=PARAGRAPH)]
Note = Annotated[str, StringConstraints(max_length=NOTE)]
Codes = Annotated[tuple[Code, ...], Field(max_length=MOST_CHOSEN)]
Words = Annotated[tuple[Word, ...], Field(max_length=MOST_CHOSEN)]
RowKeys = Annotated[list[Annotated[str, StringConstraints(max_length=KEY)]], Field(max_length=MOST_ROWS)]
