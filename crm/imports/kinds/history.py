"""History from another CRM: what was said, and what was promised."""

from crm.imports.kinds.activity import ACCOUNT
from crm.imports.kinds.kind import Column, Kind, Type
from crm.interactions.models import Channel, Direction
from crm.tasks.models import Priority, Repeat, TaskKind, TaskStatus

CLIENT = Column("client", "Client", Type.TEXT, ("client", "client name", "customer", "客户", "客户名称"), longest=300)
EXTERNAL = Column("external_id", "External ID", Type.TEXT, ("external id", "record id", "id", "编号"), longest=120)

CHANNELS = {channel.value: (channel.value,) for channel in Channel} | {
    "consultation": ("consultation", "1:1 consultation", "1:1", "咨询", "一对一咨询"),
    "call": (
        *("call", "phone", "phone call", "voice call", "电话", "电话沟通", "通话", "语音通话"),
        *("来电", "去电", "呼入", "呼出", "外呼"),
    ),
    "meeting": (
        *("meeting", "visit", "video meeting", "online meeting", "会议", "会面", "面谈", "见面"),
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
PRIORITIES: dict[str, tuple[str, ...]] = {
    Priority.LOW: ("low", "低"),
    Priority.NORMAL: ("normal", "medium", "中", "普通", "一般", "正常"),
    Priority.HIGH: ("high", "高", "重要"),
    Priority.URGENT: ("urgent", "紧急", "加急"),
}
REPEATS: dict[str, tuple[str, ...]] = {
    Repeat.NEVER: ("never", "不重复", "从不"),
    Repeat.DAILY: ("daily", "every day", "每天", "每日"),
    Repeat.WEEKLY: ("weekly", "every week", "每周", "每星期"),
    Repeat.MONTHLY: ("monthly", "every month", "每月", "每个月"),
    Repeat.QUARTERLY: ("quarterly", "every quarter", "每季度", "每季"),
}

INTERACTIONS = Kind(
    "interactions",
    "Interactions",
    (
        EXTERNAL,
        *ACCOUNT,
        CLIENT,
        Column("person", "Manager", Type.PERSON, ("manager", "account manager", "owner", "logged by", "客户经理")),
        Column(
            "happened_at",
            "When",
            Type.MOMENT,
            ("happened at", "when", "date", "time", "created at", "activity date", "时间", "日期"),
        ),
        Column(
            "channel",
            "Channel",
            Type.CHOICE,
            ("channel", "type", "activity type", "渠道", "方式", "沟通方式"),
            CHANNELS,
        ),
        Column(
            "direction",
            "Direction",
            Type.CHOICE,
            ("direction", "方向"),
            {
                Direction.OUTBOUND: ("outbound", "outgoing", "out", "呼出", "外呼", "拨出", "去电"),
                Direction.INBOUND: ("inbound", "incoming", "in", "呼入", "来电"),
            },
        ),
        Column("minutes", "Minutes", Type.COUNT, ("minutes", "duration", "时长"), least=0, most=1440),
        Column("topic", "Topic", Type.TEXT, ("topic", "subject", "主题"), longest=200),
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
            ),
            longest=1_000_000,
        ),
        Column("mood", "Mood", Type.COUNT, ("mood", "sentiment", "情绪"), least=1, most=5),
        Column("outcome", "Outcome", Type.TEXT, ("outcome", "result", "结果")),
        Column("next_steps", "Next steps", Type.TEXT, ("next steps", "next step", "下一步"), longest=300),
        Column("logged_at", "Logged at", Type.MOMENT, ("logged at",)),
    ),
    needs=(("uid", "client"), ("happened_at",), ("summary",)),
    each_row=(("happened_at",), ("summary",)),
    erasable=("minutes", "topic", "products", "mood", "outcome", "next_steps"),
)

TASKS = Kind(
    "tasks",
    "Tasks",
    (
        EXTERNAL,
        *ACCOUNT,
        CLIENT,
        Column("owner", "Owner", Type.PERSON, ("owner", "assignee", "assigned to", "manager", "负责人")),
        Column("title", "Title", Type.TEXT, ("title", "subject", "task", "标题", "任务"), longest=300),
        Column(
            "kind",
            "Kind",
            Type.CHOICE,
            ("kind", "type"),
            {
                TaskKind.FOLLOW_UP: ("follow_up", "follow up", "follow-up", "跟进"),
                TaskKind.PROMISE: ("promise", "承诺"),
                TaskKind.INTERNAL: ("internal", "内部"),
            },
        ),
        Column(
            "status",
            "Status",
            Type.CHOICE,
            ("status", "state", "状态"),
            {
                TaskStatus.OPEN: (
                    "open",
                    "todo",
                    "to do",
                    "in progress",
                    "not started",
                    "进行中",
                    "未完成",
                    "未开始",
                    "待办",
                    "待处理",
                ),
                TaskStatus.DONE: ("done", "completed", "complete", "closed", "完成", "已完成"),
                TaskStatus.WITHDRAWN: ("withdrawn", "cancelled", "canceled", "取消", "已取消"),
            },
        ),
        Column("priority", "Priority", Type.CHOICE, ("priority", "优先级"), PRIORITIES),
        Column("due_on", "Due", Type.DAY, ("due on", "due", "due date", "截止日期", "到期日")),
        Column("due_at", "Due at", Type.MOMENT, ("due at", "due time")),
        Column("remind_at", "Remind at", Type.MOMENT, ("remind at", "reminder")),
        Column("snoozed_until", "Snoozed until", Type.DAY, ("snoozed until",)),
        Column("created_at", "Created", Type.MOMENT, ("created at", "created", "创建时间")),
        Column("done_at", "Done at", Type.MOMENT, ("done at", "completed at", "completion date", "完成时间")),
        Column("outcome", "Outcome", Type.TEXT, ("outcome", "result", "结果")),
        Column("repeat", "Repeat", Type.CHOICE, ("repeat", "重复", "重复周期"), REPEATS),
    ),
    needs=(("title",),),
    each_row=(("title",),),
    erasable=("due_on", "done_at", "outcome"),
)
