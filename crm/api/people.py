"""Colleagues: who I am, and who else works here."""

from collections.abc import Sequence

from fastapi import APIRouter

from crm import db, people
from crm.api.doorkeeper import Caller
from crm.people import Colleague, Person

router = APIRouter(tags=["people"])


@router.get("/me")
def me(me: Caller) -> Person:
    return me


@router.get("/people", response_model=list[Colleague])
def colleagues(_me: Caller) -> Sequence[Person]:
    with db.read() as session:
        return people.colleagues(session)
