"""Tickets, calls and people from other programs: who was spoken to, who is who."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import col, select

from crm import db
from crm.clients.models import Client
from crm.interactions.models import Interaction
from tests.cast import Cast
from tests.imports.bringing import bring_in

MS = "1773158340000"  # 2026-03-10 15:59 UTC

WHEN = datetime(2026, 3, 10, 15, 59, tzinfo=UTC)
TALKS: dict[str, tuple[str, list[tuple[str, str, str, int | None, str]]]] = {
    "Zendesk tickets": (
        (
            "Summation column,Id,Requester,Requester id,Requester email,Submitter,Assignee,Group,Subject,Tags,Status,Priority,Via,"
            "Ticket type,Created at,Updated at\n"
            "1,501,Iris,9,iris@x.example,Iris,Mei Lin,VIP,Withdrawal delayed,,Solved,High,Mail,Incident,2026-03-10 15:59,2026-03-11 10:00\n"
        ),
        [("Iris@x.example", "email", "inbound", None, "Withdrawal delayed")],
    ),
    "Zendesk tickets (API)": (
        (
            '{"tickets":[{"id":502,"subject":"Fees","description":"Which tier am I?","status":"open","requester_id":9,'
            '"created_at":"2026-03-10T15:59:00Z","via":{"channel":"web","source":{"from":{"address":"iris@x.example"}}}}]}'
        ),
        [("Iris@x.example", "ticket", "inbound", None, "Which tier am I?")],
    ),
    "Freshdesk tickets": (
        (
            "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Full name,Email\n"
            "503,API key,Closed,Low,Chat,Question,No Agent,VIP,2026-03-10 15:59:00,,,Iris,iris@x.example\n"
        ),
        [("Iris@x.example", "chat", "inbound", None, "API key")],
    ),
    "Android calls": (
        (
            "number,duration,date,type,presentation,readable_date,contact_name\n"
            f"+4930123456,750,{MS},2,1,10 Mar 2026 15:59:00,Bo\n"
            f"+4930123456,20,{MS},1,1,10 Mar 2026 15:59:00,Bo\n+4930123456,0,{MS},3,1,10 Mar 2026 15:59:00,(Unknown)\n"
        ),
        [
            ("+4930123456", "call", "inbound", 0, "Missed call"),
            ("+4930123456", "call", "inbound", 1, "Incoming call"),
            ("+4930123456", "call", "outbound", 13, "Outgoing call"),
        ],
    ),
    "Aircall calls": (
        (
            "line,date (TZ offset incl.),time (TZ offset incl.),number timezone,datetime (UTC),country_code,direction,from,to,answered,"
            "missed_call_reason,user,duration (total),duration (in call),via,voicemail,tags\n"
            "VIP,2026-03-10,16:59:00,Europe/Berlin,2026-03-10 15:59:00,DE,outbound,+491,+4930123456,Yes,,Mei Lin,3800,3730,,,Tier\n"
            "VIP,2026-03-10,16:59:00,Europe/Berlin,2026-03-10 15:59:00,DE,inbound,+4930123456,+491,No,no_available_agent,,30,0,,,Tier\n"
        ),
        [
            ("+4930123456", "call", "inbound", 0, "Missed call"),
            ("+4930123456", "call", "outbound", 62, "Outgoing call"),
        ],
    ),
    "RingCentral calls": (
        (
            "Direction,Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration\n"
            "Outgoing,Voice,+4930123456,Bo,2026-03-10,15:59:00,VoIP Call,Call connected,,0:25:00\n"
        ),
        [("+4930123456", "call", "outbound", 25, "Outgoing call")],
    ),
    "3CX calls": (
        (
            "Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost,Call Activity Details\n"
            "2026-03-10T15:59:00,7,+4930123456,100,Inbound,Answered,00:00:05,00:12:30,,\n"
        ),
        [("+4930123456", "call", "inbound", 13, "Incoming call")],
    ),
    "Twilio calls": (
        (
            "sid,from,to,status,direction,start_time,end_time,duration,price\n"
            "CA1,+491,+4930123456,completed,outbound-api,2026-03-10T15:59:00Z,2026-03-10T16:10:00Z,660,-0.01\n"
        ),
        [("+4930123456", "call", "outbound", 11, "Outgoing call")],
    ),
}


def test_tickets_and_calls_say_who_was_spoken_to_when_and_for_how_long(cast_on_duckdb: Cast) -> None:
    bring_in(
        cast_on_duckdb.nadia, "clients", "name,email,phone\nIris@x.example,iris@x.example,\n+4930123456,,+4930123456\n"
    )
    found = {}
    for name, (text, _) in TALKS.items():
        before = {key for key, _ in _talks()}
        file = f"talks.{'json' if text[0] == '{' else 'csv'}"
        done = bring_in(cast_on_duckdb.nadia, None, text, name=file)
        again = bring_in(cast_on_duckdb.nadia, None, text, name=file)
        assert (done.counts.refused, again.counts.created, again.counts.changed) == (0, 0, 0), name
        new = [(key, talk) for key, talk in _talks() if key not in before]
        assert {talk[-1] for _, talk in new} == {WHEN}, name
        found[done.batch.mapping["layout"]] = sorted(talk[:-1] for _, talk in new)

    assert found == {name: talks for name, (_, talks) in TALKS.items()}


def _talks() -> list[tuple[Any, tuple[Any, ...]]]:
    with db.read() as session:
        query = select(Interaction, Client.name).join(Client, col(Client.id) == col(Interaction.client_id))
        return [
            (talk.id, (name, talk.channel, talk.direction, talk.minutes, talk.summary, talk.happened_at))
            for talk, name in session.exec(query)
        ]


PEOPLE: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "Mailchimp subscribed": (
        (
            "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,LAST_CHANGED,LEID,EUID,CC,NOTES,TAGS\n"
            "ada@x.example,Ada,Fir,2,2025-02-03 04:05:06,1.2.3.4,2025-02-03 04:05:06,12,ab,DE,,\n"
        ),
        {"name": "Ada Fir", "country": "DE"},
        {"Newsletter": "subscribed"},
    ),
    "Mailchimp unsubscribed": (
        (
            "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED,UNSUB_TIME,UNSUB_REASON,LEID,EUID\n"
            "al@x.example,Al,Oak,2,,2025-02-03 04:05:06,2025-02-03 04:05:06,N/A,13,ac\n"
        ),
        {"name": "Al Oak"},
        {"Newsletter": "unsubscribed", "UNSUB_REASON": "N/A"},
    ),
    "Mailchimp cleaned": (
        (
            "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED,CLEAN_TIME,LEID,EUID\n"
            "cy@x.example,Cy,Elm,2,,2025-02-03 04:05:06,2025-02-03 04:05:06,14,ad\n"
        ),
        {"name": "Cy Elm"},
        {"Newsletter": "cleaned"},
    ),
    "LinkedIn connections": (
        (
            'Notes:\n"When exporting your connection data, you may notice that some addresses are missing."\n\n'
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
            'Priya,Rao,https://l.example/in/priya,,"Rowan, Inc.",Trader,12 Mar 2024\n'
        ),
        {"name": "Priya Rao", "source": "LinkedIn"},
        {"Company": "Rowan, Inc.", "Connected on LinkedIn": "12 Mar 2024"},
    ),
    "Twenty people": (
        (
            "Id,Name / First Name,Name / Last Name,Emails / Primary Email,Emails / Additional Emails,Phones / Primary Phone Number,"
            "Phones / Primary Phone Calling Code,Job Title,Creation date\n"
            "20202020-1c0e-494c-a1b6-85b1c6fefaa5,Bea,Yew,bea@x.example,[],701740605,+46,CEO,2026-01-02T10:00:00.000Z\n"
        ),
        {"name": "Bea Yew", "uid": None},
        {"Job Title": "CEO", "Twenty ID": "20202020-1c0e-494c-a1b6-85b1c6fefaa5"},
    ),
    "Twenty companies": (
        (
            "Id,Name,Domain Name / Link URL,Linkedin / Link URL,Address / City,Address / Country,Employees\n"
            "20202020-3ec3-4fe3-8997-b76aa0bfa408,Yew AG,https://yew.example,,Bern,Switzerland,12\n"
        ),
        {"name": "Yew AG", "kind": "institution", "country": "CH", "venue": "Twenty"},
        {"Employees": "12"},
    ),
}


def test_people_of_other_programs_are_clients_with_what_is_known_of_them(cast_on_duckdb: Cast) -> None:
    found, expected = {}, {}
    for name, (text, fields, kept) in PEOPLE.items():
        done = bring_in(cast_on_duckdb.nadia, None, text)
        again = bring_in(cast_on_duckdb.nadia, None, text)
        with db.read() as session:
            client = session.exec(select(Client).where(Client.name == fields["name"])).one()
        known = {label: client.attributes.get(label) for label in kept}
        found[name] = (done.batch.mapping["layout"], {field: getattr(client, field) for field in fields}, known)
        expected[name] = (name, fields, kept)
        assert (done.counts.created, again.counts.unchanged) == (1, 1), name

    assert found == expected
