"""What a file says of time: clocks and zones in other columns or in words, two-digit years, hours that a clock change skips."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from crm import db, imports
from crm.clients.models import Client
from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.interactions.models import Interaction
from crm.tasks.models import Task
from crm.trading.models import DailyActivity, Fill
from tests.cast import Cast
from tests.imports.bringing import bring_in, problems, staged, take_back

BELONG_TOGETHER = {
    "a day and a time": ("Date,Time", "2026-02-03,14:05"),
    "the clock before the day": ("Time,Date", "14:05,2026-02-03"),
    "a day and a start beside an end": ("Call date,Start time,End time", "2026-02-03,14:05,14:20"),
    "American days and clocks": ("Date,Start time", "02/23/2026,2:05 PM"),
    "Chinese names": ("日期,时间", "2026年2月3日,下午2:05"),
    "a day and an hour": ("Day,Hour", "2026-02-03,14"),
    "clocks of Excel with their empty day": ("Date,Time", "2026-02-03,1899-12-31 14:05:00"),
    "days of Excel with midnight": ("Date,Time", "2026-02-03 00:00:00,14:05:00"),
    "a fraction of a day": ("Date,Time", "2026-02-03,0.586805555555556"),
    "German": ("Datum,Uhrzeit", "03.02.2026,14:05 Uhr"),
    "French": ("Date,Heure", "2026-02-03,14h05"),
    "an offset of the row": ("Date,Time,UTC offset", "2026-02-03,19:05,+13:00"),
    "a zone of the row": ("Date,Time,Timezone", "2026-02-03,06:05,Europe/London"),
    "a city of the row": ("Date,Time,Time zone", "2026-02-03,15:05,Tokyo"),
    "a moment and its zone": ("Started at,Timezone", "2026-02-03 01:05,America/New_York"),
}


@pytest.mark.parametrize("what", BELONG_TOGETHER)
def test_a_moment_in_several_columns_is_one(cast_on_duckdb: Cast, what: str) -> None:
    header, cells = BELONG_TOGETHER[what]
    text = f"UID,{header},Notes\n{cast_on_duckdb.harbour.uid},{cells},Fees\n"

    bring_in(cast_on_duckdb.nadia, "interactions", text, time_zone="Asia/Hong_Kong")

    with db.read() as session:
        (at,) = session.exec(select(Interaction.happened_at)).all()
    day = "2026-02-23" if "American" in what else "2026-02-03"
    assert at.isoformat() == f"{day}T06:{'00' if 'hour' in what else '05'}:00+00:00"


def test_the_clocks_of_trades_and_tasks_are_read_as_well(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    bring_in(
        cast.mei,
        "trades",
        f"uid,Date,Time,symbol,price,quantity\n{cast.harbour.uid},2026-02-03,14:05:06,BTC-USDT,1,1\n",
    )
    bring_in(cast.mei, "tasks", "title,Due date,Due time\nCall,2026-04-03,14:05\nWrite,2026-04-04,\n")

    with db.read() as session:
        assert session.exec(select(Fill.traded_at)).one().isoformat() == "2026-02-03T14:05:06+00:00"
        tasks = session.exec(select(Task).order_by(col(Task.due_on))).all()
    assert [(t.due_on, t.due_at and t.due_at.isoformat()) for t in tasks] == [
        (date(2026, 4, 3), "2026-04-03T14:05:00+00:00"),
        (date(2026, 4, 4), None),
    ]


def test_a_clock_that_could_be_either_is_asked_and_can_be_answered(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    text = f"UID,Date,Ring time,Answer time,Notes\n{cast.harbour.uid},2026-02-03,14:05,14:06,Fees\n"

    with pytest.raises(InvalidError, match="Ring time"):
        bring_in(cast.nadia, "interactions", text)
    bring_in(cast.nadia, "interactions", text, answers={"clock:Answer time": "joined", "clock:Ring time": "apart"})

    with db.read() as session:
        assert session.exec(select(Interaction.happened_at)).one().isoformat() == "2026-02-03T14:06:00+00:00"


IN_WORDS = {
    "Time Zone: Asia/Shanghai": "Asia/Shanghai",
    "All times are US Eastern": "America/New_York",
    "Times in Hong Kong time": "Asia/Hong_Kong",
    "时间均为北京时间": "Asia/Shanghai",
    "Timezone: (UTC-05:00) Eastern Time (US & Canada)": "America/New_York",
    "Zeitzone: MEZ": "Europe/Berlin",
    "Time zone: China Standard Time": "Asia/Shanghai",
    "Timestamps are in W. Europe Standard Time": "Europe/Berlin",
    "All times in New York": "America/New_York",
    "Time zone: London": "Europe/London",
    "Exported with GMT+8": "Etc/GMT-8",
    "Times shown in UTC": "UTC",
    "Fuseau horaire : Europe/Paris": "Europe/Paris",
    "时区：香港": "Asia/Hong_Kong",
    "Time zone: EST": "Etc/GMT+5",
}
NOTHING = ["Trade history of the London desk", "Report no. 4", "Prepared by Paris Hart"]


def test_the_words_of_a_file_name_its_zone(cast_on_duckdb: Cast) -> None:
    cast, read = cast_on_duckdb, {}
    for words in [*IN_WORDS, *NOTHING]:
        text = f'"{words}"\n\nUID,Trade ID,Time,Symbol,Side,Price,Quantity,Fee\n'
        for n in (1, 2):
            text += f"{cast.harbour.uid},z-{n},2026-01-05 23:3{n}:00,BTC-USDT,buy,1,1,0\n"
        read[words] = staged(cast.mei, "trades", text.encode()).mapping["time_zone"]

    assert read == IN_WORDS | dict.fromkeys(NOTHING, "UTC")


def test_a_zone_that_means_several_is_asked(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    text = f"All times are CST\n\nUID,Time,Symbol,Side,Price,Quantity\n{cast.harbour.uid},2026-01-05 23:30:00,BTC-USDT,buy,1,1\n"

    with pytest.raises(InvalidError, match="America/Chicago"):
        bring_in(cast.mei, "trades", text)
    bring_in(cast.mei, "trades", text, time_zone="Asia/Shanghai")

    with db.read() as session:
        assert session.exec(select(Fill.traded_at)).one().isoformat() == "2026-01-05T15:30:00+00:00"


def test_clients_zones_are_known_by_city_and_by_what_windows_calls_them(cast_on_duckdb: Cast) -> None:
    written = {
        "China Standard Time": "Asia/Shanghai",
        "(UTC-05:00) Eastern Time (US & Canada)": "America/New_York",
        "Hong Kong": "Asia/Hong_Kong",
        "W. Europe Standard Time": "Europe/Berlin",
        "GMT+8": "Etc/GMT-8",
        "北京时间": "Asia/Shanghai",
        "JST": "Asia/Tokyo",
    }
    rows = "".join(f'Z{n},"{name}"\n' for n, name in enumerate(written))

    done = bring_in(cast_on_duckdb.mei, "clients", f"name,time zone\n{rows}Z8,CST\n")

    with db.read() as session:
        found = {
            c.name: c.time_zone for c in session.exec(select(Client).where(col(Client.name).startswith("Z"))).all()
        }
    assert [found.get(f"Z{n}") for n in range(len(written))] == list(written.values())
    assert done.counts.refused == 1


def test_years_of_two_digits_are_those_that_can_be(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    columns = {
        "birthday": {"05/23/58": "1958-05-23", "02/29/96": "1996-02-29"},
        "dob": {"23.05.58": "1958-05-23", "30.11.49": "1949-11-30"},
        "date of birth": {"58-05-23": "1958-05-23", "49-11-30": "1949-11-30"},
        "生日": {"23-May-58": "1958-05-23", "3-Jun-1961": "1961-06-03"},
        "joined": {"05/23/19": "2019-05-23", "05/23/98": "1998-05-23"},
        "kyc expires": {"05/23/31": "2031-05-23", "05/24/27": "2027-05-24"},
    }
    for title, days in columns.items():
        rows = "".join(f"Y{n},{day}\n" for n, day in enumerate(days))
        done = bring_in(cast.mei, "clients", f"name,{title}\n{rows}")

        with db.read() as session:
            found = session.exec(select(Client).where(col(Client.name).startswith("Y")).order_by(Client.name)).all()
            guessed = {guess.topic for guess in imports.guesses_of(session, cast.mei, done.batch.id)}
        read = [str(c.birthday or c.joined_on or c.kyc_expires_on) for c in found]
        assert (title, read, "century" in guessed) == (title, list(days.values()), True)
        take_back(cast.mei, done)


def test_what_has_happened_lies_not_in_the_future(cast_on_duckdb: Cast) -> None:
    cast, uid = cast_on_duckdb, cast_on_duckdb.harbour.uid
    ahead = clock.now().replace(year=clock.now().year + 1).date()
    files = {
        "interactions": f"uid,when,summary\n{uid},{ahead} 10:00,Fees\n",
        "trades": f"uid,time,symbol,price,quantity\n{uid},{ahead} 10:00,BTC-USDT,1,1\n",
        "tasks": f"title,done at\nCall,{ahead} 10:00\n",
        "clients": f"name,joined\nAlder,{ahead}\n",
        "daily_activity": f"uid,day,volume\n{uid},{ahead},5\n",
    }
    for kind, text in files.items():
        done = bring_in(cast.nadia, kind, text)

        assert done.counts.refused == 1
        assert "lies in the future" in problems(cast.nadia, done)[0][2]


def test_an_hour_that_is_skipped_or_comes_twice_is_decided_and_said(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    moments = {
        "2025-03-30 02:30": "2025-03-30T01:30",
        "2025-10-26 02:30": "2025-10-26T00:30",
        "2025-03-30 03:30": "2025-03-30T01:30",
        "2025-10-26 02:30+01:00": "2025-10-26T01:30",
        "2025-07-01 02:30": "2025-07-01T00:30",
    }
    rows = "".join(f"{cast.harbour.uid},{at},{n}\n" for n, at in enumerate(moments))

    done = bring_in(cast.nadia, "interactions", f"uid,when,summary\n{rows}", time_zone="Europe/Berlin")

    with db.read() as session:
        found = session.exec(select(Interaction).order_by(Interaction.summary)).all()
    assert [f"{talk.happened_at:%Y-%m-%dT%H:%M}" for talk in found] == list(moments.values())
    assert [(line, reason.split(";")[0]) for line, _, reason in problems(cast.nadia, done)] == [
        (2, "is an hour that the clock skips on this day"),
        (3, "is an hour that the clock has twice on this day"),
    ]


def test_a_moment_with_its_own_offset_is_a_day_of_the_exchange(cast_on_duckdb: Cast) -> None:
    days = ("2026-02-03T20:00:00Z", "2026-02-05T00:00:00Z", "2026-02-06 01:00:00+08:00", "2026-02-07T13:00:00-05:00")
    rows = "".join(f"{cast_on_duckdb.harbour.uid},{day},5\n" for day in days)

    bring_in(cast_on_duckdb.mei, "daily_activity", f"uid,day,volume\n{rows}")

    with db.read() as session:
        found = session.exec(select(DailyActivity).order_by(col(DailyActivity.day))).all()
    assert [one.day.day for one in found] == [4, 5, 6, 8]


def test_a_task_with_a_day_of_completion_is_done(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    text = "title,status,completed at,due\nSend limits,open,2026-01-02,2026-01-06\nCall,,,2026-05-02\nOld,withdrawn,2026-01-03,\n"

    done = bring_in(cast.mei, "tasks", text)
    with db.read() as session:
        statuses = {task.title: task.status for task in session.exec(select(Task))}
        (guess,) = [one for one in imports.guesses_of(session, cast.mei, done.batch.id) if one.topic == "meaning"]
    assert statuses == {"Send limits": "done", "Call": "open", "Old": "withdrawn"}
    assert (guess.column, guess.guess, guess.others) == ("completed at", "done", ("open",))


def test_columns_of_which_nothing_is_kept_are_named(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    batch = staged(
        cast.nadia, "interactions", f"uid,when,summary,Score,Empty\n{cast.harbour.uid},2026-02-03,Fees,4,\n".encode()
    )

    with db.read() as session:
        said = [str(note) for note in imports.notes_of(session, cast.nadia, batch.id)]
    assert "Not read: Score." in said


@pytest.mark.parametrize("at", ["{day} 20:00", "1770148800000"])
def test_moments_in_a_column_of_days_are_days_of_the_exchange(cast_on_duckdb: Cast, at: str) -> None:
    row = f"{cast_on_duckdb.harbour.uid},{at.format(day='2026-02-03')},5\n"

    bring_in(cast_on_duckdb.mei, "daily_activity", f"uid,Time (UTC),volume\n{row}")

    with db.read() as session:
        assert [one.day for one in session.exec(select(DailyActivity))] == [date(2026, 2, 4)]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Filled At (SGT)", "2026-02-03 20:00"),
        ("Time (DD/MM/YYYY UTC)", "03/02/2026 12:00"),
        ("Time", "26-02-03 12:00"),
    ],
)
def test_a_title_may_say_zone_and_order_beside_the_name(cast_on_duckdb: Cast, title: str, written: str) -> None:
    bring_in(cast_on_duckdb.mei, "trades", f"uid,id,{title},pair,price,quantity\n1,1,{written},BTC-USDT,5,5\n")

    with db.read() as session:
        assert session.exec(select(Fill.traded_at)).one() == datetime(2026, 2, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "zone"),
    [("Generated: 2026-03-06 09:00 UTC", "Asia/Hong_Kong"), ("All times Singapore time", "Asia/Singapore")],
)
def test_a_title_tells_its_column_whatever_the_export_says_of_itself(
    cast_on_duckdb: Cast, line: str, zone: str
) -> None:
    text = f"{line}\nuid,id,Time (HKT),pair,price,quantity\n1,1,2026-02-03 20:00,BTC-USDT,5,5\n"
    assert bring_in(cast_on_duckdb.mei, "trades", text).batch.mapping["time_zone"] == zone


def test_a_title_and_a_sentence_that_name_other_zones_are_asked(cast_on_duckdb: Cast) -> None:
    text = "All times UTC\nuid,id,Time (HKT),pair,price,quantity\n1,1,2026-02-03 20:00,BTC-USDT,5,5\n"
    with pytest.raises(InvalidError, match="several zones"):
        bring_in(cast_on_duckdb.mei, "trades", text)
    bring_in(cast_on_duckdb.mei, "trades", text, time_zone="UTC")
