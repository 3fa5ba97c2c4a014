"""A filled form as the room wants it, and what a room refuses, told under the very field that it is about."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import streamlit as st
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlmodel import SQLModel
from streamlit.delta_generator import DeltaGenerator

from crm.ground.errors import CrmError, InvalidError
from crm.ground.messages import Message, Word, joined
from crm.web.kit import say

F = TypeVar("F", bound=SQLModel)

_PLACES = "_error_places"  # the place of a field -> where its fault is told, in the run that drew it


def made(form: type[F], **fields: Any) -> F:  # noqa: ANN401 -- whatever the form asks
    """The form, filled.

    Raises:
        InvalidError: names each field that is wrong and says what is wrong with it.
    """
    return checked(lambda: form(**fields))


def checked(make: Callable[[], F], *, at: str = "") -> F:
    """What fills a form, its faults as our own; `at` is where the screen asks for the field that they are all about.

    Raises:
        InvalidError: names each field that is wrong and says what is wrong with it.
    """
    try:
        return make()
    except ValidationError as error:
        problems = error.errors()
        told = {at or str(problem["loc"][0]): _said(problem) for problem in problems if problem["loc"]}
        raise InvalidError(joined([_said(problem) for problem in problems], "  "), at=told) from error


def own(problem: ErrorDetails) -> Message | None:
    """What a validator of ours said, where one did."""
    error = problem.get("ctx", {}).get("error")
    return error.message if isinstance(error, CrmError) else None


def _said(problem: ErrorDetails) -> Message:
    told = own(problem)
    if told or not problem["loc"]:
        return told or Message(problem["msg"])
    return Message("{field}: {why}.", field=Word(str(problem["loc"][0])), why=problem["msg"])


def under(place: str, column: DeltaGenerator | None = None) -> None:
    """Keep room for a fault under the widget that was just drawn: `place` is what the form calls its fields by, then the field."""
    _places()[place] = (column or st).empty()


def tell(place: str, text: str) -> None:
    """A sentence of ours under the field of this place."""
    (_places().get(place) or st).error(say.text(text), icon=":material/error:")


def place(form: str, field: str) -> DeltaGenerator | None:
    """Where a form tells what is wrong with this field, if it was drawn."""
    return _places().get(form + field)


def begin() -> None:
    """A run of a whole page begins: what another page has drawn is gone."""
    st.session_state[_PLACES] = {}


def split(error: CrmError, form: str) -> tuple[Mapping[str, Message], bool]:
    """What can be told under fields of this form that were drawn; and whether that is all there is to say."""
    told = {field: message for field, message in error.fields.items() if place(form, field)}
    return told, bool(told) and len(told) == len(error.fields)


def _places() -> dict[str, DeltaGenerator]:
    found: dict[str, DeltaGenerator] = st.session_state.setdefault(_PLACES, {})
    return found
