"""The form behind a link that works once: the first admin's, or a colleague's who chooses a password."""

import asyncio

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from crm import db, people
from crm.ground.errors import CrmError, InvalidError, NotFoundError
from crm.ground.messages import Message
from crm.people import NewPerson, links, passwords, second_factor, sign_in
from crm.web import locale
from crm.web.edge.plain_pages import address_of, browser_of, fields_of, let_in, listen, page
from crm.web.kit import form_errors
from crm.web.kit.phrases import render


async def show_welcome(request: Request) -> Response:
    listen(request)
    try:
        person = await asyncio.to_thread(_person_of, request.path_params["secret"])
    except CrmError as error:
        return page(request, "message.html", status=404, problem=render(error.message))
    return page(request, "welcome.html", person=person, fields={}, problem="", shortest=passwords.SHORTEST)


def _person_of(secret: str) -> people.Person | None:
    with db.read() as session:
        return links.person_of(session, secret)


async def welcome(request: Request) -> Response:
    listen(request)
    link = request.path_params["secret"]
    fields: dict[str, str] = {}
    person: people.Person | None = None
    try:
        person = await asyncio.to_thread(_person_of, link)
        fields = await fields_of(request)
        secret = await asyncio.to_thread(_choose, link, fields, request)
    except NotFoundError as error:
        return page(request, "message.html", status=404, problem=render(error.message))
    except (CrmError, ValidationError) as error:
        problem = render(_text_of(error))
        values = {"person": person, "fields": fields, "problem": problem, "shortest": passwords.SHORTEST}
        return page(request, "welcome.html", status=400, **values)
    return await let_in(request, secret, "/")


def _choose(link: str, fields: dict[str, str], request: Request) -> str:
    password = fields.get("password", "")
    if password != fields.get("again", ""):
        raise InvalidError("The two passwords differ.")
    who = _person_of(link)
    with db.write(by=who, why="chose a password") as session:
        if who is None:
            new = NewPerson(email=fields.get("email", ""), name=fields.get("name", "").strip(), locale=locale.code())
            who = links.become_first_admin(session, link, new, password)
        else:
            links.choose_password(session, link, password)
        waits = second_factor.is_on(session, who.id)
        return sign_in.start(session, who.id, address=address_of(request), browser=browser_of(request), waits=waits)


def _text_of(error: CrmError | ValidationError) -> Message:
    if isinstance(error, CrmError):
        return error.message
    first = error.errors()[0]
    return form_errors.own(first) or Message("Please fill in your name.")


routes = [
    Route("/welcome/{secret}", show_welcome, methods=["GET"]),
    Route("/welcome/{secret}", welcome, methods=["POST"]),
]
