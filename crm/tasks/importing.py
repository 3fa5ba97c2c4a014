"""What was promised, as it comes from another CRM."""

from collections.abc import Iterator

from crm import people
from crm.clients import assignees
from crm.clients.importing import about_clients
from crm.clients.importing.about_clients import About
from crm.clients.importing.known_rows import SAME_CLIENT, Identity, remark_namesakes, same_text, within_seconds
from crm.ground.messages import Message
from crm.intake import guesses, kinds, same_rows, steps, titles
from crm.intake.arrival import Arrival
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.kinds import Column, Kind, Rows, Type
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging
from crm.intake.upsert import Field, Target
from crm.journal import entities
from crm.people import Person
from crm.tasks import owners
from crm.tasks.models import Priority, Repeat, Task, TaskKind, TaskStatus

ENTITY = entities.of(Task)
_OTHERS = {str(TaskStatus.DONE): (str(TaskStatus.OPEN),), str(TaskStatus.OPEN): (str(TaskStatus.DONE),)}
BLIND = {owners.BLIND: "does not look after this client"}
PRIORITIES: dict[str, tuple[str, ...]] = {
    Priority.LOW: ("low", "p4", "低", *titles.LOW),
    Priority.NORMAL: ("normal", "medium", "med", "p3", "中", "普通", "一般", "正常", *titles.NORMAL),
    Priority.HIGH: ("high", "important", "p2", "高", "重要", *titles.HIGH),
    Priority.URGENT: ("urgent", "critical", "highest", "p1", "紧急", "加急", *titles.URGENT),
}
REPEATS: dict[str, tuple[str, ...]] = {
    Repeat.NEVER: ("never", "不重复", "从不"),
    Repeat.DAILY: ("daily", "every day", "每天", "每日"),
    Repeat.WEEKLY: ("weekly", "every week", "每周", "每星期"),
    Repeat.MONTHLY: ("monthly", "every month", "每月", "每个月"),
    Repeat.QUARTERLY: ("quarterly", "every quarter", "每季度", "每季"),
}
COLUMNS = (
    *about_clients.COLUMNS,
    Column("owner", "Owner", Type.PERSON, ("owner", "assignee", "assigned to", "manager", "负责人")),
    Column(
        "title",
        "Title",
        Type.TEXT,
        ("title", "subject", "task", "task name", "task title", "to do", "todo", "标题", "任务", *titles.TASK),
        longest=300,
    ),
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
        (
            *("status", "state", "progress", "状态", "进度", *titles.STATUS),
            *("done", "completed", "complete", "is done", "is completed", "finished", "完成", "是否完成", "已完成"),
            *("erledigt", "terminé", "hecho", "fatto"),
        ),
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
                *("needs action", "needsaction", "pending", "backlog", "doing", *titles.OPEN, *titles.NO),
            ),
            TaskStatus.DONE: (
                *("done", "completed", "complete", "closed", "finished", "resolved", "完成", "已完成"),
                *titles.DONE,
                *titles.YES,
            ),
            TaskStatus.WITHDRAWN: ("withdrawn", "cancelled", "canceled", "取消", "已取消"),
        },
    ),
    Column("priority", "Priority", Type.CHOICE, ("priority", "优先级", *titles.PRIORITY), PRIORITIES),
    Column(
        "due_on",
        "Due",
        Type.DAY,
        (
            "due on",
            "due",
            "due date",
            "deadline",
            "截止日期",
            "到期日",
            "截止",
            "fällig",
            "fällig am",
            "échéance",
            "vencimiento",
            "期限",
            *titles.DUE,
        ),
    ),
    Column("due_at", "Due at", Type.MOMENT, ("due at", "due time", "due hour", "截止时间", "到期时间")),
    Column("remind_at", "Remind at", Type.MOMENT, ("remind at", "reminder", "reminder time", "提醒时间")),
    Column("snoozed_until", "Snoozed until", Type.DAY, ("snoozed until",)),
    Column(
        "created_at",
        "Created",
        Type.MOMENT,
        ("created at", "created", "date created", "created date", "created on", "创建时间", "创建日期"),
    ),
    Column(
        "done_at",
        "Done at",
        Type.MOMENT,
        (
            *(
                "done at",
                "completed at",
                "completion date",
                "completed on",
                "date completed",
                "completed date",
                "done on",
            ),
            *(
                "completed",
                "finished at",
                "closed at",
                "closed on",
                "resolved at",
                "resolved",
                "date closed",
                "closed date",
                "完成时间",
                "完成日期",
                *titles.DONE_ON,
            ),
        ),
        is_past=True,
    ),
    Column("outcome", "Outcome", Type.TEXT, ("outcome", "result", "结果")),
    Column("repeat", "Repeat", Type.CHOICE, ("repeat", "重复", "重复周期"), REPEATS),
)
STAGED = {
    **about_clients.STAGED,
    "owner": "text",
    "title": "text",
    "kind": "text",
    "status": "text",
    "priority": "text",
    "due_on": "date",
    "due_at": "timestamptz",
    "remind_at": "timestamptz",
    "snoozed_until": "date",
    "created_at": "timestamptz",
    "done_at": "timestamptz",
    "outcome": "text",
    "repeat": "text",
}
IDENTITY = Identity(
    other=f"(NOT {SAME_CLIENT} AND NOT {same_text('title')})",
    other_of_many=f"NOT {same_text('title')}",
    nearness=f"CASE WHEN {same_text('title')} THEN 0 ELSE 1 END",
    tells=("title", "created_at"),
    within=("lower(trim(i.title))",),
    born=f"{same_text('title')} AND {within_seconds('created_at', 60)}",
)


def link(arrival: Arrival) -> Target:
    by, incoming = people.acting(arrival.importer.by), arrival.incoming(STAGED)
    elsewhere = about_clients.link(arrival, incoming, _about(by))
    plain = {
        name: Field(f"i.{name}") for name in ("title", "due_on", "due_at", "remind_at", "snoozed_until", "done_at")
    }
    return Target(
        ENTITY,
        {
            **plain,
            "version": Field(default="1"),
            "client_id": Field("l.client_id"),
            "owner_id": Field("l.owner_id", default=arrival.importer.me),
            "kind": Field("i.kind", default="'follow_up'"),
            "status": Field("i.status", default="'open'"),
            "priority": Field("i.priority", default="'normal'"),
            "repeat": Field("i.repeat", default="'never'"),
            "external_id": about_clients.own_id(),
            "origin": Field(default="'import'"),
            "created_at": Field("i.created_at", default="now()"),
            **about_clients.texts("outcome"),
        },
        incoming,
        elsewhere=elsewhere,
    )


def _about(by: Person) -> About:
    theirs, unseen = owners.why_not_owned(by, "a", "m.held_by"), owners.why_not_about("a", "c")
    return About(
        "task",
        "owner",
        "owner_id",
        f"""CASE WHEN NOT m.is_open THEN {assignees.why_not_as(by, "a")}
            WHEN m.person IS NOT NULL AND {theirs} IS NOT NULL THEN {theirs} ELSE {unseen} END""",
        IDENTITY,
        sentences=BLIND,
        is_open="coalesce(i.status, 'open') = 'open'",
        or_mine=f"owner_id = {assignees.key(by.id)} AND (client_id IS NULL OR status = 'open')",
    )


def _prepare(staging: Staging, mapping: Mapping) -> None:
    """A day on which a task was done says more than its status: several programs say it by that day alone."""
    if mapping.has("done_at"):
        is_open = f"NOT refused AND done_at IS NOT NULL AND coalesce(status, '{TaskStatus.OPEN}') = '{TaskStatus.OPEN}'"
        reading = mapping.answer(Topic.MEANING, _done_title(staging, mapping))
        change = "done_at = NULL" if reading == TaskStatus.OPEN else f"status = '{TaskStatus.DONE}'"
        staging.run(f"UPDATE checked SET {change} WHERE {is_open}")
        staging.run(
            """INSERT INTO problem SELECT line, $1, strftime(created_at, '%Y-%m-%d'), 'was done before it was created', FALSE
                FROM checked WHERE NOT refused AND CAST(done_at AS DATE) < CAST(created_at AS DATE)""",
            [_done_title(staging, mapping)],
        )
    about_clients.prepare(staging, mapping)


def _guesses(staging: Staging, mapping: Mapping) -> Iterator[Guess]:
    """What a status and a day that contradict each other mean."""
    if not mapping.columns.get("done_at"):
        return
    title = _done_title(staging, mapping)
    said = mapping.answer(Topic.MEANING, title)
    has_status = bool(mapping.columns.get("status"))
    because = (
        Message("a task that has this day is done, whatever its status says")
        if has_status
        else Message("this day says which tasks are done")
    )
    read = said or TaskStatus.DONE
    yield Guess(Topic.MEANING, title, str(read), SAID if said else because, sure=True, others=_OTHERS[read])


def _done_title(staging: Staging, mapping: Mapping) -> str:
    found = mapping.columns.get("done_at")
    return staging.header[found[0]] if found else "Done at"


kinds.register(
    Kind(
        "tasks",
        title="Tasks",
        label="Tasks",
        place=60,
        columns=COLUMNS,
        rows=Rows(
            "task",
            link,
            names="SELECT l.line, i.title FROM {0}",
            is_closed=about_clients.closed("c.id = l.client_id"),
            prepare=_prepare,
            guesses=guesses.together(
                _guesses,
                lambda staging, mapping: same_rows.of_ids(staging, mapping, "external_id", ("uid", "client", "title")),
            ),
        ),
        needs=(("title",),),
        each_row=(("title",),),
        erasable=("due_on", "done_at", "outcome"),
        own_header=(
            "external_id",
            "venue",
            "uid",
            "client",
            "owner",
            "title",
            "due_on",
            "snoozed_until",
            "done_at",
            "repeat",
        ),
    )
)
steps.goes_along(
    "clients",
    """c.entity = 'task' AND c.entity_key IN (SELECT CAST(t.id AS VARCHAR) FROM task t
        WHERE CAST(t.client_id AS VARCHAR) IN (SELECT unnest(CAST(:only AS VARCHAR[]))))""",
)
steps.on_remarks("tasks", remark_namesakes)
