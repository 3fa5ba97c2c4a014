"""Numbers across rooms: the review of the desk, a client's summary, one's own day; sentences are in English."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter

from crm import db
from crm.api.doorkeeper import Caller
from crm.api.lists import Day
from crm.insights import client_summary, desk_review, my_day
from crm.insights.client_summary import ClientSummary
from crm.insights.desk_review import DeskReview
from crm.insights.my_day import MyDay

router = APIRouter(tags=["insights"])
Span = Literal["7", "30", "90", "quarter", "custom"]


@router.get("/leadership")
def leadership(me: Caller, span: Span = "30", since: Day | None = None, until: Day | None = None) -> DeskReview:
    """What is at risk and whose call it is; `since` and `until` are the days of a custom span."""
    with db.read() as session:
        return desk_review.review(session, me, span, since, until)


@router.get("/clients/{client_id}/summary")
def summary(me: Caller, client_id: UUID) -> ClientSummary:
    with db.read() as session:
        return client_summary.summary_of(session, me, client_id)


@router.get("/me/day")
def day(me: Caller) -> MyDay:
    """What is due today, and whom to contact and why."""
    with db.read() as session:
        return my_day.day_of(session, me)
