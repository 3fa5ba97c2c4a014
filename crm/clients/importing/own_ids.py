"""How other systems call the id of a row: Task ID, Ticket No., CaseNumber, Issue key, Call #, 任务编号.

Never the id of a client, never a phone number, and no bare “No.”, which counts the rows of a list.
"""

_NOUNS = "|".join(
    (
        *(
            "tasks?",
            "to ?dos?",
            "activity",
            "activities",
            "tickets?",
            "cases?",
            "calls?",
            "conversations?",
            "engagements?",
        ),
        *(
            "interactions?",
            "events?",
            "meetings?",
            "appointments?",
            "chats?",
            "messages?",
            "e? ?mails?",
            "notes?",
            "logs?",
        ),
        *(
            "entry",
            "entries",
            "records?",
            "items?",
            "issues?",
            "cards?",
            "actions?",
            "requests?",
            "reminders?",
            "follow ?ups?",
        ),
        *(
            "threads?",
            "sessions?",
            "communications?",
            "correspondence",
            "jobs?",
            "incidents?",
            "enquiry",
            "inquiry",
            "visits?",
        ),
        *("comments?", "sources?", "external", "ext", "legacy", "original", "unique"),
        *("aufgaben?", "aktivitäts?", "vorgangs?", "termin", "gesprächs?", "tâche", "activité", "appel", "réunion"),
        *("tarea", "actividad", "llamada", "caso", "reunión", "タスク", "チケット", "活動", "通話"),
    )
)
_MARKS = "id|ids|gid|guid|no|nr|num|number|nummer|key|ref|reference|番号"
_HAN = "任务|待办|工单|案件|个案|活动|通话|电话记录|会话|沟通|沟通记录|记录|跟进|跟进记录|联系记录|拜访|事件|事项|会议|消息|提醒|日志|外部"
OWN_IDS = "|".join(
    (
        rf"(?!(calls?|contact) ?(no|nr|num|number|nummer|番号)$)({_NOUNS}) ?({_MARKS})",
        rf"({_NOUNS}) ?#|# ?({_NOUNS})",
        rf"(id|numero|número|numéro) (de |de la |del |du |der |of |of the )?({_NOUNS})",
        r"ref(erence)?( ?(no|nr|num|number|id|code))?",
        rf"({_HAN}) ?(编号|id|号|号码|单号|流水号)",
    )
)
