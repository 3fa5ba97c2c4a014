"""A filled form as the room wants it; what it refuses becomes our own error with a sentence."""

from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from sqlmodel import SQLModel

from crm.ground.errors import CrmError, InvalidError
from crm.ground.messages import Message, Word, joined

F = TypeVar("F", bound=SQLModel)


def made(form: type[F], **fields: Any) -> F:  # noqa: ANN401 -- whatever the form asks
    """The form, filled.

    Raises:
        InvalidError: names the field and says what is wrong with it.
    """
    try:
        return form(**fields)
    except ValidationError as error:
        raise InvalidError(joined([_said(problem) for problem in error.errors()], "  ")) from error


def own(problem: ErrorDetails) -> Message | None:
    """What a validator of ours said, where one did."""
    error = problem.get("ctx", {}).get("error")
    return error.message if isinstance(error, CrmError) else None


def _said(problem: ErrorDetails) -> Message:
    told = own(problem)
    if told or not problem["loc"]:
        return told or Message(problem["msg"])
    return Message("{field}: {why}.", field=Word(str(problem["loc"][0])), why=problem["msg"])
