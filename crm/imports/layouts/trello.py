"""Trello: the cards of a board, as CSV and as JSON. A card is done if its day is ticked, or if it lies in a list of that name.

Archived cards that are not done are withdrawn. Times are UTC.
"""

from dataclasses import replace

from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import ZONE

DONE = "(?i)^(done|completed?|finished|closed|erledigt|fertig|abgeschlossen|terminé|fait|hecho|terminado|完了|已?完成|已结束)$"
DUE_ON = f"coalesce(CAST(CAST(timezone('{ZONE}', try_cast({{0}} AS TIMESTAMPTZ)) AS DATE) AS VARCHAR), {{0}})"
STATUS = f"""CASE WHEN lower({{done}}) = 'true' OR regexp_matches({{list}}, '{DONE}') THEN 'done'
    WHEN lower({{archived}}) = 'true' THEN 'withdrawn' ELSE 'open' END"""
CARDS = Layout(
    "Trello cards",
    "tasks",
    ("Card ID", "Card Name", "Members", "Due Date", "List Name", "Archived"),
    time_zone="UTC",
    columns={"external_id": "Card ID", "title": "Card Name", "due_at": "Due Date"},
    worked_out={
        "owner": "nullif(trim(split_part(\"Members\", ',', 1)), '')",
        "due_on": DUE_ON.format('"Due Date"'),
        "status": STATUS.format(done='"Due Complete"', list='"List Name"', archived='"Archived"'),
    },
    remarks={"has several members: the first of them is its owner": "\"Members\" LIKE '%,%'"},
    says="Descriptions, labels and lists of these cards are not kept.",
)
JSON = replace(
    CARDS,
    name="Trello cards (JSON)",
    header=("id", "name", "desc", "due", "dueComplete", "closed", "idList"),
    columns={"external_id": "id", "title": "name", "due_at": "due"},
    worked_out={
        "due_on": DUE_ON.format('"due"'),
        "status": STATUS.format(done='"dueComplete"', list="''", archived='"closed"'),
    },
    remarks={},
    says="Descriptions, labels, members and lists of these cards are not kept.",
)

register(CARDS, JSON)
