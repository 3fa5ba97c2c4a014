"""Letters, digits and signs in full width, as Chinese keyboards write them, are the plain ones; what nobody sees is nothing."""

from crm.ground.texts import PLAIN, UNSEEN, WIDE
from crm.intake.kinds import Column, Type
from crm.intake.staging import Staging

# What people write in words keeps its looks, and lists are taken apart by signs of either width.
_CODED = {
    Type.UID,
    Type.TIER,
    Type.NUMBER,
    Type.COUNT,
    Type.DURATION,
    Type.DAY,
    Type.MOMENT,
    Type.EMAIL,
    Type.PHONE,
    Type.CALLING_CODE,
    Type.HANDLE,
    Type.VENUE,
    Type.ZONE,
}


def is_coded(column: Column) -> bool:
    """Whether a column holds codes, numbers or days rather than words."""
    return column.type in _CODED


def plain(staging: Staging, index: int, v: str) -> str:
    """SQL for the text `v` of a column in plain signs: “ＶＩＰ２” is VIP2; the very `v` where the column has no others."""
    found = f"CASE WHEN strlen(c{index}) <> length(c{index}) THEN regexp_matches(c{index}, '[{WIDE}{UNSEEN}]') END"
    is_wide = staging.cached(f"SELECT bool_or({found}) FROM raw")[0][0]
    return f"translate({v}, '{WIDE}{UNSEEN}', '{PLAIN}')" if is_wide else v
