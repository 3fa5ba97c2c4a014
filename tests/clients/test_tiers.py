"""A client's tier is one of its venue's policy, by whatever door it comes; what stood there before stays readable."""

import pytest

from crm import clients, db
from crm.clients import ClientChange, NewClient
from crm.clients.models import Client
from crm.ground.errors import InvalidError
from tests.cast import DESK, Cast
from tests.trading.make import put


def test_a_tier_that_the_venue_does_not_have_is_refused_with_those_that_it_has(cast: Cast) -> None:
    put(policies=True)

    with pytest.raises(InvalidError, match=r"VIP9.*OKX.*Lv1, VIP1.*VIP8"), db.write(by=cast.mei) as session:
        clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=1, tier="VIP9"))
    with pytest.raises(InvalidError, match="Gold"), db.write(by=cast.mei) as session:
        clients.add(session, cast.mei, NewClient(name="X", uid="77", venue="OKX", tier="Gold"))


def test_a_tier_is_spelt_as_the_policy_spells_it(cast: Cast) -> None:
    put(policies=True)

    with db.write(by=cast.mei) as session:
        changed = clients.change(session, cast.mei, cast.harbour.id, ClientChange(version=1, tier="vip 5"))
        added = clients.add(session, cast.mei, NewClient(name="X", uid="77", venue="Gate", tier="Gold"))

    assert (changed.tier, added.tier) == ("VIP5", "Gold")  # nothing is known of the tiers of Gate


def test_a_tier_that_stood_there_before_is_readable_and_in_nobodys_way(cast: Cast) -> None:
    put(policies=True)
    with db.write(by=DESK) as session:
        session.get_one(Client, cast.harbour.id).tier = "VIP9"
    with db.read() as session:
        version = clients.get(session, cast.mei, cast.harbour.id).version

    with db.write(by=cast.mei) as session:
        wanted = ClientChange(version=version, tier="VIP9", notes="still here")
        clients.change(session, cast.mei, cast.harbour.id, wanted)

    with db.read() as session:
        found = clients.get(session, cast.mei, cast.harbour.id)
        assert (found.tier, found.notes) == ("VIP9", "still here")
