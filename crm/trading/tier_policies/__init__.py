"""Tier policies that come with the program: dated examples to start from, never an exchange's official terms."""

import json
from collections.abc import Sequence
from datetime import date
from importlib import resources

from sqlmodel import Session, col, select

from crm.db.sessions import WriteSession
from crm.trading.models import TierPolicy
from crm.trading.policy import Policy, parse


def ensure_policies(session: WriteSession) -> int:
    """Put the packaged example in if there is no policy at all; gives how many were put in."""
    if session.exec(select(TierPolicy).limit(1)).first():
        return 0
    row = okx_example()
    parse(row)
    session.add(row)
    session.flush()
    return 1


def okx_example() -> TierPolicy:
    written = json.loads(resources.files(__package__).joinpath("okx_2023.json").read_text("utf-8"))
    return TierPolicy(**written | {"effective_from": date.fromisoformat(written["effective_from"])})


def in_force(session: Session, on: date) -> Sequence[Policy]:
    """The policy of each venue on a day: of several that cover it, the one that began last."""
    order = (col(TierPolicy.venue), col(TierPolicy.effective_from), col(TierPolicy.name))
    rows = session.exec(select(TierPolicy).order_by(*order)).all()
    covering = [r for r in rows if r.effective_from <= on and (r.effective_to is None or on <= r.effective_to)]
    return [parse(row) for row in {row.venue: row for row in covering}.values()]
