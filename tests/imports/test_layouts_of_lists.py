"""Lists of clients from an affiliate's page, a back office, another CRM or an address book, recognised by their header."""

from typing import Any

import pytest
from sqlmodel import select

from crm import clients, db
from crm.clients.models import Client
from tests.cast import Cast
from tests.imports.bringing import bring_in, counts
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

MS = "1767283200000"  # 2026-01-01 16:00 UTC: the exchange's next day has begun

LISTS: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "OKX affiliate invitees": (
        (
            "affiliateCode,inviteeLevel,inviteeRebateRate,joinTime,kycTime,level,region,firstTradeTime,depAmt,wdAmt,volMonth,totalVol,"
            f"accFee,totalCommission,uid\nAB12,1,0.2,{MS},{MS},Lv3,越南,,10,5,1000.5,99000,12,3,743072917935893111\n"
        ),
        {
            "venue": "OKX",
            "uid": "743072917935893111",
            "tier": "Lv3",
            "country": "VN",
            "kyc_level": "KYC2",
            "source": "AB12",
        },
        {"Volume this calendar month (USDT)": "1000.5", "Volume in all (USDT)": "99000", "KYC on": "2026-01-02"},
    ),
    "OKX affiliate invitee list": (
        (
            "uid,country,joinTime,firstTradeTime,channelName,rebateRate,feeTierRank,kycStatus,kycTime,depAmt,totalVol,totalFee,"
            f"totalCommission,isCompliant\n74307291,CN,{MS},{MS},news,0.16,6,verified,,1,1186.4,3,1,true\n"
        ),
        {"venue": "OKX", "uid": "74307291", "tier": "VIP6", "country": "CN", "kyc_level": "verified", "source": "news"},
        {"Volume in the period of the list (USDT)": "1186.4", "First trade": "2026-01-02", "isCompliant": "true"},
    ),
    "Bybit affiliate clients": (
        (
            "uid,vipLevel,takerVol30Day,makerVol30Day,tradeVol30Day,depositAmount30Day,takerVol365Day,makerVol365Day,tradeVol365Day,"
            "depositAmount365Day,totalWalletBalance,depositUpdateTime,volUpdateTime,KycLevel\n"
            "551,VIP-3,1,2,3,4,5,6,7,8,2,2026-01-01 00:00:00,2026-01-02 00:00:00,1\n"
        ),
        {"venue": "Bybit", "uid": "551", "tier": "VIP3", "kyc_level": "KYC1"},
        {
            "Volume, last 30 days (USDT)": "3",
            "Volume, last 365 days (USDT)": "7",
            "Range of the wallet's balance (Bybit's code)": "2",
        },
    ),
    "CoinEx referees": (
        (
            "uid,account_name,registered_at,vip_level,bound_at,refer_code,first_deposit_time,first_deal_time,total_deal_value,total_deal_fee\n"
            f"11228,user_1,{MS},2,{MS},abc,,{MS},30000,90\n"
        ),
        {"venue": "CoinEx", "uid": "11228", "name": "user_1", "tier": "VIP2", "source": "abc"},
        {"Volume in all (USD)": "30000", "Fees in all (USD)": "90", "First trade": "2026-01-02"},
    ),
    "B2CORE clients": (
        (
            "ID,Name,Created,Status,Email,Tags,Manager,Phone,Country,City,Types,Verification level,Company,Risk level,Last login\n"
            "1001,Ash Ltd,2026-01-02 01:00:00,Blocked,ash@x.example,vip,tomas@desk.example,,Germany,Bonn,"
            "Corporate,Level 2,Ash,High,2026-02-01\n"
        ),
        {
            "venue": "OKX",
            "uid": "1001",
            "status": "dormant",
            "kind": "institution",
            "risk": "high",
            "kyc_level": "Level 2",
        },
        {"Status in B2CORE": "Blocked", "City": "Bonn"},
    ),
    "HubSpot contacts": (
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Create Date,Country/Region,OKX UID\n"
            "901,Ann,Rowan,ann@x.example,+4930123456,Mei Lin,Customer,2026-01-02 09:14,Germany,743072\n"
        ),
        {"venue": "OKX", "uid": "743072", "name": "Ann Rowan", "status": "active", "country": "DE"},
        {"HubSpot ID": "901", "Lifecycle Stage": "Customer"},
    ),
    "HubSpot companies": (
        "Record ID,Company name,Company owner,Create Date,Country/Region\n77,Rowan GmbH,,2026-01-02 09:14,Germany\n",
        {"venue": "HubSpot", "uid": "77", "name": "Rowan GmbH", "kind": "institution", "country": "DE"},
        {},
    ),
    "Salesforce accounts": (
        (
            '"Id","IsDeleted","Name","BillingCountry","Phone","OwnerId","CreatedDate","Bybit_UID__c"\n'
            '"001x02","false","Elm Fund","US","","005x","2026-01-02T03:23:15.000Z","8812"\n'
        ),
        {"venue": "Bybit", "uid": "8812", "name": "Elm Fund", "kind": "institution", "country": "US"},
        {"OwnerId": "005x"},
    ),
    "Salesforce contacts and leads": (
        (
            "Id,IsDeleted,FirstName,LastName,Email,OwnerId,CreatedDate,MailingCountry,Birthdate\n"
            "003x,true,Bo,Elm,bo@x.example,005x,2026-01-02T03:23:15.000Z,Norway,1980-02-03\n"
        ),
        {"uid": None, "name": "Bo Elm", "status": "closed", "country": "NO"},
        {"Salesforce ID": "003x"},
    ),
    "Google contacts": (
        (
            "First Name,Middle Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value\n"
            "Cy,,Fir,Fir AG,1990-01-02,likes tea,whale ::: otc ::: * myContacts,Work,a@x.example ::: b@x.example,+4930999\n"
        ),
        {"uid": None, "name": "Cy Fir", "tags": ["whale", "otc"], "notes": "likes tea"},
        {"Company": "Fir AG"},
    ),
    "Outlook contacts": (
        (
            "Title,First Name,Last Name,Company,Job Title,Home Street,Business Phone,Home Phone,E-mail Address,Birthday,Categories,Notes\n"
            ",,,Oak Holding,,,+4930888,,desk@oak.example,0/0/00,vip;fund,\n"
        ),
        {"uid": None, "name": "Oak Holding", "kind": "institution", "tags": ["vip", "fund"], "birthday": None},
        {},
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_recognised_and_its_words_become_ours(cast: Cast, name: str) -> None:
    text, fields, kept = LISTS[name]

    done = bring_in(cast.nadia, None, text)
    again = bring_in(cast.nadia, None, text)

    assert (done.batch.kind, done.batch.mapping["layout"]) == ("clients", name)
    assert (done.counts, again.counts) == (counts(created=1), counts(unchanged=1))
    with db.read() as session:
        known = {c.id for c in (cast.harbour, cast.northlight, cast.lotus, cast.fjord)}
        found = next(c for c in session.exec(select(Client)) if c.id not in known)
    assert {field: getattr(found, field) for field in fields} == fields
    assert {label: found.attributes.get(label) for label in kept} == kept
    assert found.joined_on is None or str(found.joined_on) == "2026-01-02"


def test_two_addresses_in_one_cell_of_google_are_two(cast: Cast) -> None:
    bring_in(cast.nadia, None, LISTS["Google contacts"][0])

    with db.read() as session:
        cy = session.exec(select(Client).where(Client.name == "Cy Fir")).one()
        reached = {h.value for h in clients.contact_methods.of_client(session, cast.nadia, cy.id)}
    assert reached == {"a@x.example", "b@x.example", "+4930999"}


def test_a_birthday_without_its_year_is_kept_as_it_is_and_refuses_nobody(cast: Cast) -> None:
    done = bring_in(cast.nadia, None, LISTS["Google contacts"][0].replace("1990-01-02", "--03-04"))

    assert done.counts == counts(created=1)
    with db.read() as session:
        cy = session.exec(select(Client).where(Client.name == "Cy Fir")).one()
    assert (cy.birthday, cy.attributes["Birthday without year"]) == (None, "--03-04")


def test_a_contact_who_is_but_a_name_is_not_doubled(cast: Cast) -> None:
    text = "Record ID,First Name,Last Name,Email\n1,Kim,Ash,\n2,Kim,Ash,kim@x.example\n3,Mei,Oak,\n"
    first = bring_in(cast.nadia, None, text)

    again = bring_in(cast.nadia, None, text)

    assert (first.counts, again.counts) == (counts(created=3), counts(unchanged=3))


def test_the_month_of_okx_never_stands_where_thirty_days_of_bybit_do() -> None:
    okx, bybit = LISTS["OKX affiliate invitees"][2], LISTS["Bybit affiliate clients"][2]

    assert not set(okx) & set(bybit)


def test_the_owner_of_a_back_offices_client_is_its_manager(cast: Cast) -> None:
    bring_in(cast.nadia, None, LISTS["B2CORE clients"][0])

    with db.read() as session:
        assert session.exec(select(Client).where(Client.uid == "1001")).one().manager_id == cast.tomas.id


def test_what_an_api_answers_is_read_as_it_stands(cast: Cast) -> None:
    text = '{"code":"0","msg":"","data":[{"uid":"77","joinTime":"%s","volMonth":"5","accFee":"1","level":"Lv1","region":"Vietnam"}]}'

    done = bring_in(cast.nadia, None, text % MS, name="invitees.json")

    assert (done.counts, done.batch.mapping["layout"]) == (counts(created=1), "OKX affiliate invitees")
