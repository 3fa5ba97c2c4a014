"""Venues that no list of ours knows are called as they are called here already, whatever the case in which a file writes them."""

from crm.db.sql import Sql


def lay_out(sql: Sql, incoming: str) -> None:
    """`venue_as` (told, venue): each venue that the file names, as it stands here, or as its first spelling there."""
    known = "SELECT venue FROM client UNION SELECT venue FROM trading_account"
    told = f"SELECT DISTINCT venue AS told, lower(venue) AS folded FROM {incoming} WHERE venue IS NOT NULL"
    sql.temp_table(
        "venue_as",
        f"""SELECT told, coalesce(same, known, min(told) OVER (PARTITION BY folded)) AS venue FROM (
                SELECT t.told, t.folded, max(CASE WHEN k.venue = t.told THEN k.venue END) AS same, min(k.venue) AS known
                FROM ({told}) t LEFT JOIN ({known}) k ON lower(k.venue) = t.folded GROUP BY 1, 2) v""",
    )
