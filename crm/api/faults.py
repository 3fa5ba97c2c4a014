"""What went wrong, as a status and one sentence: {"detail": "..."}; a conflict also shows both values of each field."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from crm.ground.errors import STATUS, ConflictError, CrmError, NotAllowedError
from crm.people import events
from crm.people.events import Event, Kind

MOST_SAID = 20  # of what is wrong with one request


def translate(api: FastAPI, family: type[CrmError]) -> None:
    api.add_exception_handler(family, _told)
    api.add_exception_handler(RequestValidationError, _refused)
    api.add_exception_handler(Exception, _broken)


def _told(request: Request, error: Exception) -> JSONResponse:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    if isinstance(error, NotAllowedError):
        refused = Event(Kind.REFUSED, request.state.person.id, address=request.state.address, detail=error.message)
        events.note(refused)
    told: dict[str, Any] = {"detail": _utf8(str(error))}
    told |= jsonable_encoder(error.details) if isinstance(error, CrmError) else {}
    if isinstance(error, ConflictError) and error.clashes:
        told["clashes"] = jsonable_encoder(
            [{"field": c.field, "yours": c.yours, "theirs": c.theirs} for c in error.clashes]
        )
    return JSONResponse(told, status_code=status)


def _refused(_request: Request, error: Exception) -> JSONResponse:
    faults = error.errors() if isinstance(error, RequestValidationError) else []
    return JSONResponse({"detail": _utf8("; ".join(map(_sentence, faults[:MOST_SAID])))}, status_code=422)


def _broken(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse(
        {"detail": "Something went wrong here; it was noted. Nothing of it was saved."}, status_code=500
    )


def _sentence(fault: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in fault["loc"][1:] if not isinstance(part, int) or len(fault["loc"]) > 2)  # noqa: PLR2004
    said = str(fault["msg"]).removeprefix("Value error, ")
    return f"{where}: {said}" if where else said


def _utf8(text: str) -> str:
    """Half a character that was sent may stand in the sentence; no answer could carry it."""
    return text.encode("utf-8", "replace").decode()
