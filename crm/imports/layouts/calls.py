"""Logs of calls: Android phones, Aircall, RingCentral, 3CX, Twilio, and those of Chinese operators and phones.

Whom somebody spoke to is found by the number. How long a call took is given in seconds, or as hours, minutes and seconds.
"""

from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import when

_CLOCK = r"regexp_extract({0}, '^(?:(\d+):)?(\d+):(\d\d)$', {1})"


def _seconds(cell: str) -> str:
    """Of 750, 12:30 or 00:12:30; NULL where it is none."""
    hours, minutes, seconds = (f"coalesce(try_cast({_CLOCK.format(cell, n)} AS BIGINT), 0)" for n in (1, 2, 3))
    return (
        rf"CASE WHEN regexp_matches({cell}, '^\d+(\.0+)?$') THEN CAST(try_cast({cell} AS DOUBLE) AS BIGINT)"
        rf" WHEN regexp_matches({cell}, '^(\d+:)?\d+:\d\d$') THEN {hours} * 3600 + {minutes} * 60 + {seconds} END"
    )


def _call(*, way: str, duration: str, inbound: str = "(?i)^(in|1$)", missed: str = "FALSE") -> dict[str, str]:
    """Steps to the fields of a call; a call of some seconds is one minute, what cannot be read is looked at as it stands."""
    return {
        "came_in": f"regexp_matches({way}, '{inbound}') OR ({missed})",
        "was_missed": missed,
        "direction": "CASE WHEN came_in THEN 'inbound' ELSE 'outbound' END",
        "took": _seconds(duration),
        "minutes": f"CASE WHEN took IS NULL THEN {duration} WHEN took = 0 THEN '0'"
        " ELSE CAST(greatest(1, CAST(round(took / 60.0) AS BIGINT)) AS VARCHAR) END",
        "summary": "CASE WHEN was_missed THEN 'Missed call' WHEN came_in THEN 'Incoming call' ELSE 'Outgoing call' END",
    }


CALL = {"channel": "call"}
ANDROID = Layout(
    "Android calls",
    "interactions",
    ("number", "duration", "date", "type", "contact_name"),
    constants=CALL,
    worked_out={
        "client": 'coalesce("number", CASE WHEN "contact_name" NOT ILIKE \'(unknown)\' THEN "contact_name" END)',
        "happened_at": when('"date"'),
        **_call(
            way='"type"',
            duration='"duration"',
            inbound="(?i)^(1$|in|received)",
            missed="regexp_matches(\"type\", '(?i)^([3456]$|miss|reject|block|voicemail)')",
        ),
    },
)
AIRCALL = Layout(
    "Aircall calls",
    "interactions",
    ("line", "datetime (UTC)", "direction", "from", "to", "answered", "user", "duration (in call)"),
    constants=CALL,
    columns={"external_id": ("call id", "call id (internal)"), "person": "user", "topic": "tags"},
    worked_out={
        "happened_at": 'coalesce(CAST(timezone(\'UTC\', try_cast("datetime (UTC)" AS TIMESTAMP)) AS VARCHAR), "datetime (UTC)")',
        **_call(
            way='"direction"',
            duration='"duration (in call)"',
            missed="\"direction\" ILIKE 'in%' AND lower(\"answered\") IN ('no', 'false')",
        ),
        "client": 'CASE WHEN came_in THEN "from" ELSE "to" END',
    },
)
RINGCENTRAL = Layout(
    "RingCentral calls",
    "interactions",
    ("Direction", "Type", "Phone Number", "Name", "Date", "Time", "Action", "Action Result", "Duration"),
    constants=CALL,
    worked_out={
        "client": 'coalesce("Phone Number", "Name")',
        "happened_at": '"Date" || \' \' || "Time"',
        **_call(
            way='"Direction"',
            duration='"Duration"',
            missed="\"Direction\" ILIKE 'in%' AND regexp_matches(\"Action Result\", '(?i)missed|voicemail|rejected')",
        ),
    },
    left_out={"is no call": "\"Type\" ILIKE '%fax%'"},
)
THREE_CX = Layout(
    "3CX calls",
    "interactions",
    ("Call Time", "From", "To", "Direction", "Status", "Ringing", "Talking"),
    constants=CALL,
    columns={"external_id": "Call ID", "happened_at": "Call Time"},
    worked_out={
        **_call(
            way='"Direction"',
            duration='"Talking"',
            missed="\"Direction\" ILIKE 'in%' AND regexp_matches(\"Status\", '(?i)unanswered|missed|abandoned')",
        ),
        "client": 'CASE WHEN came_in THEN "From" ELSE "To" END',
    },
    left_out={"is a call between colleagues": "\"Direction\" ILIKE 'internal%'"},
)
TWILIO = Layout(
    "Twilio calls",
    "interactions",
    ("sid", "from", "to", "status", "direction", "start_time", "duration"),
    time_zone="UTC",
    constants=CALL,
    columns={"external_id": "sid", "happened_at": "start_time"},
    worked_out={
        **_call(
            way='"direction"',
            duration='"duration"',
            missed="\"direction\" ILIKE 'in%' AND regexp_matches(\"status\", '(?i)no-answer|busy|failed|canceled')",
        ),
        "client": 'CASE WHEN came_in THEN "from" ELSE "to" END',
    },
)


def _chinese(way: str, took: str) -> Layout:
    """As operators and phones write it in China; how long it took stands in words, on a clock, or in the unit of its title."""
    missed = f"regexp_matches(\"{way}\", '未接|拒接|拦截|未接通')"
    inbound = "被叫|呼入|来电|來電|已接|接听|接聽|未接|拒接|拦截|^(?i)in"
    steps = _call(way=f'"{way}"', duration="NULL::VARCHAR", inbound=inbound, missed=missed)
    return Layout(
        f"Chinese calls ({way}, {took})",
        "interactions",
        (way, "对方号码", took),
        constants=CALL,
        columns={"minutes": took},
        worked_out={
            "client": 'coalesce("对方号码", "姓名", "联系人")',
            "happened_at": 'coalesce("起始时间", "通话起始时间", "通话开始时间", "开始时间", "通话时间",'
            ' concat_ws(\' \', coalesce("日期", "通话日期"), "时间"))',
            **{name: sql for name, sql in steps.items() if name not in ("took", "minutes", "summary")},
            "summary": f'coalesce("备注", "通话内容", {steps["summary"]})',
        },
    )


CHINESE = [
    _chinese(way, took)
    for way in ("通话类型", "呼叫类型", "类型", "通话方向", "呼叫方式")
    for took in ("通话时长", "通话时长(秒)", "通话时长(分钟)", "时长", "时长(秒)", "通话时间(秒)")
]

register(*CHINESE, ANDROID, AIRCALL, RINGCENTRAL, THREE_CX, TWILIO)
