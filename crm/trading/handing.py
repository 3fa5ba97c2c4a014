"""The profiles of clients that became one are computed anew."""

from crm import handover
from crm.db.sessions import WriteSession
from crm.db.sql import Sql
from crm.handover import Merging
from crm.trading import profiles


@handover.after_merge
def refresh(session: WriteSession, merging: Merging) -> None:
    sql = Sql(session)
    numbers = " UNION ".join(f"SELECT CAST({n} AS BIGINT) AS number" for n in sorted(merging.numbers))
    sql.temp_table("merged_number", numbers)
    profiles.refresh(session, "merged_number")
    sql.drop("merged_number")
