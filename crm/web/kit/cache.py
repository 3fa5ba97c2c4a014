"""Answers that are remembered until something changes: keyed by who asks, in which language, and the data version."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import streamlit as st
from sqlmodel import Session

from crm import db, journal
from crm.ground import clock
from crm.people import Person
from crm.web import locale

LARGEST = 512

P = ParamSpec("P")
T = TypeVar("T")

_lock = threading.Lock()
_answers: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
_derived: OrderedDict[Hashable, tuple[object, Any]] = OrderedDict()


def remembered(
    function: Callable[Concatenate[Session, Person, P], T], viewer: Person, *args: P.args, **kwargs: P.kwargs
) -> T:
    """The answer of `function(session, viewer, ...)`; asked again after any write, on a new day, in another language.

    Arguments are hashable; the answer is shared between runs, so nobody may change it.
    """
    with db.read() as session:
        key = (
            str(db.engine().url),
            function.__module__,
            function.__qualname__,
            viewer.id,
            viewer.role,
            viewer.team_id,
            locale.code(),
            clock.exchange_today(),
            clock.today(viewer.time_zone),
            args,
            tuple(sorted(kwargs.items())),
        )
        version = journal.data_version(session)
        with _lock:
            known = _answers.get(key)
            if known and known[0] == version:
                _answers.move_to_end(key)
                return cast("T", known[1])
        found = function(session, viewer, *args, **kwargs)
    with _lock:
        _answers[key] = (version, found)
        _answers.move_to_end(key)
        while len(_answers) > LARGEST:
            _answers.popitem(last=False)
    return found


def derived(answer: object, name: Hashable, make: Callable[[], T]) -> T:
    """What is made of a remembered answer, such as its chart: made once for each name, light and language."""
    key = (id(answer), name, locale.code(), st.context.theme.type)
    with _lock:
        known = _derived.get(key)
        if known:
            return cast("T", known[1])
    made = make()
    with _lock:
        _derived[key] = (answer, made)  # holding the answer keeps its id its own
        while len(_derived) > LARGEST:
            _derived.popitem(last=False)
    return made
