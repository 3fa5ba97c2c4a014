"""What was said, as it comes from another CRM."""

from crm import clients, people
from crm.clients import assignees
from crm.clients.importing import about_clients, colleagues
from crm.clients.importing.about_clients import About
from crm.clients.importing.known_rows import SAME_CLIENT, Identity, remark_namesakes, same_text, within_seconds
from crm.intake import kinds, same_rows, steps, titles
from crm.intake.arrival import Arrival
from crm.intake.kinds import Column, Kind, Rows, Type
from crm.intake.upsert import Field, Target, several
from crm.interactions import authors
from crm.interactions.models import Channel, Direction, Interaction
from crm.journal import entities

ENTITY = entities.of(Interaction)
CHANNELS = {channel.value: (channel.value,) for channel in Channel} | {
    "consultation": ("consultation", "1:1 consultation", "1:1", "咨询", "一对一咨询"),
    "call": (
        *("call", "phone", "phone call", "voice call", "电话", "电话沟通", "通话", "语音通话"),
        *("来电", "去电", "呼入", "呼出", "外呼"),
    ),
    "meeting": (
        *(
            "meeting",
            "visit",
            "video meeting",
            "online meeting",
            "video call",
            "zoom",
            "google meet",
            "microsoft teams",
            "teams",
            "会议",
            "会面",
            "面谈",
            "见面",
        ),
        *("拜访", "客户拜访", "线下拜访", "上门拜访", "视频会议", "线上会议"),
    ),
    "chat": ("chat", "live chat", "whatsapp", "line", "discord", "sms", "text message", "聊天", "在线聊天", "短信"),
    "email": ("email", "e-mail", "mail", "邮件", "电子邮件", "邮箱", "电邮"),
    "telegram": ("telegram", "tg", "电报"),
    "wechat": ("wechat", "weixin", "wecom", "微信", "企业微信"),
    "ticket": ("ticket", "case", "工单"),
    "event": ("event", "活动", "线下活动"),
    "other": ("other", "其他", "其它"),
}
COLUMNS = (
    *about_clients.COLUMNS,
    Column(
        "person",
        "Manager",
        Type.PERSON,
        ("manager", "person", "account manager", "owner", "logged by", "客户经理"),
        exported_as="manager",
    ),
    Column(
        "happened_at",
        "When",
        Type.MOMENT,
        (
            *("happened at", "when", "date", "time", "created at", "activity date", "时间", "日期"),
            *("date time", "datetime", "start time", "started at", "start", "call date", "call time", "date of call"),
            *("meeting date", "start date", "call start", "timestamp", "day", "date created", "沟通时间", "沟通日期"),
            *(
                "通话时间",
                "通话日期",
                "开始时间",
                "开始日期",
                "联系时间",
                "联系日期",
                "拜访时间",
                "拜访日期",
                "创建时间",
            ),
            *("datum", "uhrzeit", "fecha", "日時", "日付", *titles.WHEN),
            *(
                "ts",
                "sent at",
                "date sent",
                "sent",
                "received at",
                "date received",
                "date/time",
                "起始时间",
                "通话起始时间",
            ),
            *("通话开始时间", "发送时间", "消息时间", "发生时间"),
        ),
        is_past=True,
    ),
    Column(
        "channel",
        "Channel",
        Type.CHOICE,
        ("channel", "type", "activity type", "渠道", "方式", "沟通方式", *titles.CHANNEL),
        CHANNELS,
    ),
    Column(
        "direction",
        "Direction",
        Type.CHOICE,
        ("direction", "call direction", "call type", "方向", "呼叫类型", "通话类型", "呼叫方向", *titles.DIRECTION),
        {
            Direction.OUTBOUND: ("outbound", "outgoing", "out", "呼出", "外呼", "拨出", "去电", *titles.OUTBOUND),
            Direction.INBOUND: ("inbound", "incoming", "in", "呼入", "来电", *titles.INBOUND),
        },
    ),
    Column(
        "minutes",
        "Minutes",
        Type.DURATION,
        (
            *("minutes", "duration", "call duration", "talk time", "call length", "length", "talk duration", "billsec"),
            *(
                "时长",
                "通话时长",
                "沟通时长",
                "会议时长",
                "dauer",
                "gesprächsdauer",
                "durée",
                "duración",
                "通話時間",
                "所要時間",
            ),
            *("hs call duration", "meeting duration", "duration minutes", "time spent"),
        ),
        least=0,
        most=1440,
    ),
    Column("topic", "Topic", Type.TEXT, ("topic", "subject", "主题", *titles.TOPIC), longest=200),
    Column("products", "Products", Type.LIST, ("products", "产品")),
    Column(
        "summary",
        "Summary",
        Type.TEXT,
        (
            "summary",
            "what was said",
            "notes",
            "note",
            "description",
            "comments",
            "内容",
            "摘要",
            "沟通内容",
            "谈话内容",
            *("body", "message", "text", "content", "comment", "message text", "message body", "details", "transcript"),
            *("备注", "消息", "消息内容", "聊天内容", "通话内容", "会议内容", "说明", *titles.SUMMARY, *titles.NOTES),
        ),
        longest=1_000_000,
        spare=("subject", "topic", "title", "主题", *titles.TOPIC),
    ),
    Column("mood", "Mood", Type.COUNT, ("mood", "sentiment", "情绪"), least=1, most=5),
    Column("outcome", "Outcome", Type.TEXT, ("outcome", "result", "结果")),
    Column("next_steps", "Next steps", Type.TEXT, ("next steps", "next step", "下一步"), longest=300),
    Column("logged_at", "Logged at", Type.MOMENT, ("logged at",)),
)
STAGED = {
    **about_clients.STAGED,
    "person": "text",
    "happened_at": "timestamptz",
    "channel": "text",
    "direction": "text",
    "minutes": "bigint",
    "topic": "text",
    "products": "json",
    "summary": "text",
    "mood": "bigint",
    "outcome": "text",
    "next_steps": "text",
    "logged_at": "timestamptz",
}
_IS_OTHER = f"(NOT {SAME_CLIENT} OR NOT ({{when}} OR {same_text('summary')}))"
IDENTITY = Identity(
    other=_IS_OTHER.format(when=within_seconds("happened_at", 86_400)),
    other_of_many=_IS_OTHER.format(when=within_seconds("happened_at", 60)),
    nearness=f"CASE WHEN {within_seconds('happened_at', 60)} THEN 0 ELSE 1 END, CASE WHEN {same_text('summary')} THEN 0 ELSE 1 END",
    tells=("happened_at", "summary"),
    within=("{client}, i.happened_at", "{client}, lower(trim(i.summary))"),
)


def link(arrival: Arrival) -> Target:
    sql, by, incoming = arrival.sql, people.acting(arrival.importer.by), arrival.incoming(STAGED)
    about = About("interaction", "person", "person_id", assignees.why_not_as(by, "a"), IDENTITY, needs_client=True)
    elsewhere = about_clients.link(arrival, incoming, about)
    plain = {
        name: Field(f"i.{name}")
        for name in (
            "channel",
            "direction",
            "minutes",
            "topic",
            "products",
            "summary",
            "mood",
            "outcome",
            "next_steps",
            "happened_at",
        )
    }
    searched = clients.search.fold_sql(
        "(concat_ws(chr(10), nullif(i.topic, ''), i.summary, nullif(i.outcome, ''), nullif(i.next_steps, '')))",
        duckdb=sql.duckdb,
    )
    return Target(
        ENTITY,
        {
            **plain,
            "version": Field(default="1"),
            "client_id": Field("l.client_id"),
            "person_id": Field("l.owner_id", default=arrival.importer.me),
            "channel": Field("i.channel", default="'other'"),
            "direction": Field("i.direction", default="'outbound'"),
            "products": several(sql, "products", arrival.mapping.lists),
            "external_id": about_clients.own_id(),
            "created_at": Field("i.logged_at", default="now()"),
            "search_text": Field(default=searched),
            **about_clients.texts("topic", "outcome", "next_steps"),
        },
        incoming,
        elsewhere=elsewhere,
        unchangeable=colleagues.sentence_for(authors.why_not_corrected(by, "o")),
    )


kinds.register(
    Kind(
        "interactions",
        title="Interactions",
        label="Interactions",
        place=50,
        columns=COLUMNS,
        rows=Rows(
            "interaction",
            link,
            names=f"SELECT l.line, c.name FROM {{0}} JOIN {about_clients.SEEN} c ON c.id = l.client_id",
            is_closed=about_clients.closed("c.id = l.client_id"),
            prepare=about_clients.prepare,
            guesses=lambda staging, mapping: same_rows.of_ids(
                staging, mapping, "external_id", ("uid", "client", "happened_at", "summary")
            ),
        ),
        needs=(("uid", "client", "client_email", "client_phone"), ("happened_at",), ("summary",)),
        each_row=(("happened_at",), ("summary",)),
        erasable=("minutes", "topic", "products", "mood", "outcome", "next_steps"),
        own_header=(
            "external_id",
            "venue",
            "uid",
            "client",
            "manager",
            "happened_at",
            "channel",
            "next_steps",
            "logged_at",
        ),
    )
)
steps.on_remarks("interactions", remark_namesakes)
