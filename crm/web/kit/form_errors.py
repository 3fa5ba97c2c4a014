"""A filled form as the room wants it; what it refuses becomes our own error with a sentence."""

from typing import Any, TypeVar

from pydantic import ValidationError
from sqlmodel import SQLModel

from crm.ground.errors import InvalidError
from crm.web.kit import words

F = TypeVar("F", bound=SQLModel)


def made(form: type[F], **fields: Any) -> F:  # noqa: ANN401 -- whatever the form asks
    """The form, filled.

    Raises:
        InvalidError: names the field and says what is wrong with it.
    """
    try:
        return form(**fields)
    except ValidationError as error:
        raise InvalidError("  ".join(_said(problem) for problem in error.errors())) from error


def _said(problem: Any) -> str:  # noqa: ANN401 -- pydantic's own
    own = problem.get("ctx", {}).get("error")
    name = words.field(str(problem["loc"][0])) if problem["loc"] else ""
    return str(own) if own else f"{name}: {problem['msg']}."
