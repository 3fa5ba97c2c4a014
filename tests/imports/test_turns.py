"""One file of a person is read at a time, and nobody holds more than a few of the threads that others need."""

import threading
from contextlib import ExitStack
from uuid import uuid4

import pytest

from crm.ground.errors import BusyError
from crm.imports import turns


def test_a_second_file_of_a_person_waits_for_the_first() -> None:
    who, order = uuid4(), []
    first_is_read, may_end = threading.Event(), threading.Event()

    def first() -> None:
        with turns.of(who):
            first_is_read.set()
            may_end.wait(10)
            order.append("first")

    def second() -> None:
        first_is_read.wait(10)
        may_end.set()
        with turns.of(who):
            order.append("second")

    threads = [threading.Thread(target=one) for one in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert order == ["first", "second"]


def test_whoever_sends_many_at_once_is_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_WAITING", 1)
    who = uuid4()

    with turns.of(who), pytest.raises(BusyError, match="Another file of yours is being read"):
        ExitStack().enter_context(turns.of(who))

    with turns.of(who):
        assert turns._there == {who: 1}
    assert not turns._there
    assert not turns._turns


def test_people_do_not_wait_for_each_other() -> None:
    with turns.of(uuid4()), turns.of(uuid4()), turns.of(None), turns.of(None):
        assert sum(turns._there.values()) == 2
