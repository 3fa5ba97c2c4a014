"""Lines of sums below a table, or within it: “Total: 12”, “Total clients”, 合计."""

from collections.abc import Collection

from crm.ground.messages import Message
from crm.intake.kinds import Column, Type
from crm.intake.staging import literal

SUM = Message("is a sum, and no row of its own")
_COUNTED = (
    "clients?|customers?|accounts?|contacts?|people|persons?|members?|users?|rows?|records?|entries|items?|tasks?|calls?|messages?"
    "|conversations?|interactions?|tickets?|kunden|aufgaben|zeilen|einträge|clientes|tareas|tâches|客户|客戶|任务|任務|记录|記錄"
)
SUMS = (
    rf"(?i)((grand |sub-?)?totals?|sum|summe|gesamt|insgesamt|итого|всего|合计|合計|总计|總計|小计|小計|汇总|彙總)"
    rf"( (number )?(of )?({_COUNTED}))?"
    rf"\s*([:：=]?\s*[\d.,]*)?(\s*({_COUNTED}))?|(number of|no\. of|#|count of|anzahl( der)?) ?({_COUNTED})\s*([:：=]\s*)?[\d.,]*"
    r"|共\s*[\d,]+\s*[条條行个個位人].*"
    r"|(grand |sub-?\s?)totals?\b.*|totals? (for|of|per) .*|(group|team|region|desk|segment|tier|vip)\b.{0,20} (sub-?)?total"
    r"|.{1,40} sub-?total|.{0,12}(小计|小計|合计|合計)[:：]?"
)
_NAMED = ("name", "title", "client")  # columns in which a line of sums is told by its words
_BESIDE_A_SUM = r"^[\d.,\s%]{0,7}$"


def condition(column: Column, v: str, others: Collection[str]) -> str:
    """SQL that is true where the cell `v` of this column says that its row is a sum; "" where no cell of it can.

    `others`: the other cells of the row that are read; beside the words of a sum stands nothing, or a short number.
    """
    if column.type is Type.UID:
        likely = f"{v}[1] NOT BETWEEN '0' AND '9' AND length({v}) < 30"
        return f"CASE WHEN {likely} THEN regexp_full_match({v}, {literal(SUMS)}) ELSE FALSE END"
    if column.field not in _NAMED or not others:
        return ""
    alone = " AND ".join(f"regexp_full_match(coalesce({other}, ''), '{_BESIDE_A_SUM}')" for other in sorted(others))
    is_short = f"length({v}) < 60"  # letters; a million names need no pattern
    return f"CASE WHEN {is_short} AND regexp_full_match({v}, {literal(SUMS)}) THEN {alone} ELSE FALSE END"
