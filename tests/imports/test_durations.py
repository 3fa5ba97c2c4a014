"""How long conversations were: every form in which a length of time is written, in whole minutes."""

import pytest
from sqlmodel import col, select

from crm import db, imports
from crm.ground.errors import InvalidError
from crm.interactions.models import Interaction
from tests.cast import Cast
from tests.imports.bringing import bring_in, take_back

# Header, cells, minutes, and the unit that is said to be guessed.
LENGTHS: dict[str, tuple[str, list[str], list[int], str]] = {
    "seconds by the title": ("Duration (s)", ["750", "3730", "4", "0"], [13, 62, 1, 0], "seconds"),
    "seconds in brackets": ("Talk time [sec]", ["90", "150"], [2, 3], "seconds"),
    "seconds after a line": ("duration_seconds", ["90"], [2], "seconds"),
    "seconds as one word": ("CallDurationInSeconds", ["750"], [13], "seconds"),
    "seconds in Chinese": ("通话时长(秒)", ["750"], [13], "seconds"),
    "minutes in German": ("Dauer (min)", ["45", "12,5"], [45, 13], ""),
    "minutes as one word": ("DurationMinutes", ["12"], [12], ""),
    "hours": ("Duration (h)", ["0.5", "1,25"], [30, 75], "hours"),
    "milliseconds": ("duration_ms", ["750000"], [13], "milliseconds"),
    "clocks of three parts": ("Duration", ["00:12:30", "1:02:10"], [13, 62], ""),
    "pairs beside triples": ("Duration", ["12:30", "1:02:10"], [13, 62], "m:s"),
    "pairs of more than a day": ("Duration", ["75:10", "0:40"], [75, 1], "m:s"),
    "pairs named by the title": ("Duration (h:mm)", ["1:02", "0:45"], [62, 45], "h:m"),
    "clocks of Excel": ("Duration", ["1899-12-31 00:12:30", "1899-12-31 01:02:10"], [13, 62], ""),
    "letters": (
        "Duration",
        ["1h 02m", "45 min", "750s", "1h02", "2 hours", "1 Std. 5 Min."],
        [62, 45, 13, 62, 120, 65],
        "",
    ),
    "ISO 8601": ("Duration", ["PT12M30S", "PT1H2M"], [13, 62], ""),
    "Chinese": ("时长", ["12分30秒", "1小时2分钟", "45分钟"], [13, 62, 45], ""),
    "seconds with thousands": ("Duration (s)", ["3,730", "750"], [62, 13], "seconds"),
    "too long for minutes": ("Duration", ["750", "3730"], [13, 62], "seconds"),
    "plain minutes": ("Duration", ["15", "30", "7"], [15, 30, 7], "minutes"),
    "parts of a day": ("Duration", ["0.00868055555", "0.0431712963"], [13, 62], "days"),
}


def test_lengths_of_time_in_whole_minutes(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    for what, (title, cells, minutes, unit) in LENGTHS.items():
        rows = "".join(f'{cast.harbour.uid},2026-02-03,{n},"{cell}"\n' for n, cell in enumerate(cells))
        done = bring_in(cast.nadia, "interactions", f'uid,when,summary,"{title}"\n{rows}')

        with db.read() as session:
            found = session.exec(select(Interaction.minutes).order_by(col(Interaction.summary))).all()
            guessed = [
                one.guess for one in imports.guesses_of(session, cast.nadia, done.batch.id) if one.topic == "unit"
            ]
        assert (what, found, guessed) == (what, minutes, [unit] if unit else [])
        take_back(cast.nadia, done)


CONTRADICTED = {
    "minutes of more than a day": ("Duration (min)", "", ["750", "3730"], ["750", "3730"]),
    "longer than most conversations": ("Duration", "", ["37", "133", "268"], ["37", "133", "268"]),
    "hours or minutes": ("Duration", "", ["1:30", "2:15"], ["1:30", "2:15"]),
    "not what start and end say": ("Duration (min)", "start", ["750", "600"], ["12", "10"]),
}


@pytest.mark.parametrize("what", CONTRADICTED)
def test_a_unit_that_something_contradicts_is_asked(cast_on_duckdb: Cast, what: str) -> None:
    cast, (title, start, cells, _) = cast_on_duckdb, CONTRADICTED[what]
    ends = ["2026-02-03 10:12:30", "2026-02-03 10:10:00"]
    header = "uid,Start time,End time" if start else "uid,when"
    rows = "".join(
        f"{cast.harbour.uid},{f'2026-02-03 10:00:00,{ends[n]}' if start else '2026-02-03'},{n},{cell}\n"
        for n, cell in enumerate(cells)
    )
    text = f"{header},summary,{title}\n{rows}"

    with pytest.raises(InvalidError, match="Duration"):
        bring_in(cast.nadia, "interactions", text)
    answer = "m:s" if ":" in cells[0] else "seconds"
    bring_in(cast.nadia, "interactions", text, answers={f"unit:{title}": answer})

    with db.read() as session:
        found = sorted(session.exec(select(Interaction.minutes)).all(), key=lambda minutes: minutes or 0)
    assert found == {"1:30": [2, 2], "37": [1, 2, 4]}.get(cells[0], [10, 13] if start else [13, 62])


def test_start_and_end_tell_the_unit(cast_on_duckdb: Cast) -> None:
    cast = cast_on_duckdb
    text = "uid,Start time,End time,summary,Duration\n"
    text += f"{cast.harbour.uid},2026-02-03 10:00:00,2026-02-03 10:03:00,a,180\n"
    text += f"{cast.harbour.uid},2026-02-03 23:58:00,2026-02-04 00:02:00,b,240\n"

    bring_in(cast.nadia, "interactions", text)

    with db.read() as session:
        assert session.exec(select(Interaction.minutes).order_by(col(Interaction.summary))).all() == [3, 4]
