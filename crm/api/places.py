"""How much one person may have done at a time, so that there is room for everybody else."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from crm.ground.errors import BusyError

AT_A_TIME, HEAVY_AT_A_TIME = 8, 2
# What reads or writes whole files, lists or sets of changes.
_HEAVY = re.compile(r"^/imports(/[^/]+/(preview|certificate|guesses|apply|undo))?$|/(undo|merge|let-in)$|^/exports/")


class TooManyError(BusyError):
    """A person has as much under way as one may."""


def is_heavy(path: str) -> bool:
    return bool(_HEAVY.search(path))


class Places:
    """Those of all people at one door; only its event loop asks, so that nothing is locked."""

    def __init__(self) -> None:
        self._all: Counter[UUID] = Counter()
        self._heavy: Counter[UUID] = Counter()

    @contextmanager
    def taken(self, person_id: UUID, *, is_heavy: bool) -> Iterator[None]:
        """Inside, one more request of this person is under way.

        Raises:
            TooManyError: there are as many as one may have already.
        """
        wanted = [(self._all, AT_A_TIME)] + ([(self._heavy, HEAVY_AT_A_TIME)] if is_heavy else [])
        for places, most in wanted:
            if places[person_id] >= most:
                raise TooManyError("You have {count} of these under way; wait until one is done.", count=most)
        for places, _ in wanted:
            places[person_id] += 1
        try:
            yield
        finally:
            for places, _ in wanted:
                places[person_id] -= 1
                if not places[person_id]:
                    del places[person_id]
