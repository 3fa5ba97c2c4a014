"""What a Chinese keyboard wrote in full width is the number, the code or the day that it stands for."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from crm import db
from crm.clients.models import ContactMethod
from crm.trading.models import DailyActivity
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts, problems
from tests.imports.test_clients import client


def test_uids_tiers_addresses_and_phones_are_the_plain_ones(cast: Cast) -> None:
    bring_in(cast.mei, "clients", "UID,名称\n743073123456789125,甲\n")

    done = bring_in(
        cast.mei,
        "clients",
        "UID,名称,等级,邮箱,电话\n７４３０７３１２３４５６７８９１２５,ＡＢＣ资本,ＶＩＰ２,ｊｉａ＠ａｂｃ．example,＋８６１３８００１３８０００\n",
    )

    assert done.counts == counts(changed=1)
    found = client("743073123456789125")
    assert (found.name, found.tier) == ("ＡＢＣ资本", "VIP2")  # a name is written as its owner writes it
    with db.read() as session:
        reached = session.exec(select(ContactMethod.value).where(ContactMethod.client_id == found.id)).all()
    assert set(reached) == {"jia@abc.example", "+8613800138000"}


def test_amounts_and_days_are_told_by_the_whole_column(cast: Cast) -> None:
    uid = cast.harbour.uid
    bring_in(
        cast.mei,
        "daily_activity",
        f"UID;日期;产品;交易量\n{uid};２０２６／３／１４;spot;１２３４，５\n{uid};２０２６／３／１５;spot;＄１．２３４，５\n",
    )

    with db.read() as session:
        days = {one.day: one.volume_usd for one in session.exec(select(DailyActivity))}
    assert days == {date(2026, 3, 14): Decimal("1234.5"), date(2026, 3, 15): Decimal("1234.5")}


@pytest.mark.parametrize("uid", ["７．４３０７３Ｅ＋１７", "７４３０７３１２３４５６７８９０００"])
def test_a_uid_that_a_spreadsheet_damaged_is_found_out_in_full_width_too(cast: Cast, uid: str) -> None:
    done = bring_in(cast.mei, "clients", f"uid,name\n{uid},Alder\n0007,Birch\n")

    assert done.counts == counts(created=1, refused=1)
    assert "damaged by a spreadsheet" in problems(cast.mei, done)[0][2]
