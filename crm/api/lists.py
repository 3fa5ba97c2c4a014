"""How lists are asked for and answered: a page of at most 200, and how many there are in all."""

from datetime import date
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

MOST_AT_ONCE = 200


class Asked(BaseModel):
    """What every list can be asked; a parameter that is not known is refused."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(50, ge=1, le=MOST_AT_ONCE)
    offset: int = Field(0, ge=0, le=1_000_000_000)


# As far as any calendar here reaches; a day on its edge has one before and one after.
Day = Annotated[date, Query(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
Limit = Annotated[int, Query(ge=1, le=MOST_AT_ONCE)]
