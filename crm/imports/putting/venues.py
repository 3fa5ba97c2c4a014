"""Venues that no list of ours knows are called as they are called here already, whatever the case in which a file writes them."""

from crm.db.sql import Sql


def lay_out(sql: Sql, incoming: str) -> None:
    """`venue_as` (told, venue): each venue that the file names, as it stands here, or as its first spelling there."""
    known = "SELECT venue FROM client UNION SELECT venue FROM trading_account"
    told = f"SELECT DISTINCT venue AS told, lower(venue) AS folded FROM {incoming} WHERE venue IS NOT NULL"
    sql.temp_table(
        "venue_as",
        f"""SELECT t.told, coalesce(e.venue, k.venue, min(t.told) OVER (PARTITION BY t.folded)) AS venue
            FROM ({told}) t LEFT JOIN ({known}) e ON e.venue = t.told
            LEFT JOIN (SELECT lower(venue) AS folded, min(venue) AS venue FROM ({known}) s GROUP BY 1) k ON k.folded = t.folded""",
    )
