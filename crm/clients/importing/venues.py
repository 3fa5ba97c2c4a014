"""Venues that no list of ours knows are called as they are called here already, whatever the case in which a file writes them."""

from crm.db.sql import Sql
from crm.intake.checking.cells import VENUES
from crm.intake.staging import literal


def lay_out(sql: Sql, incoming: str) -> None:
    """`venue_as` (written, venue): each venue that the file names, as it stands here, or as its first spelling there."""
    usual = " ".join(f"WHEN {literal(name)} THEN {literal(venue.lower())}" for name, venue in VENUES.items())
    known = f"""SELECT venue, CASE lower(venue) {usual} ELSE lower(venue) END AS folded
        FROM (SELECT venue FROM client UNION SELECT venue FROM trading_account) every_venue"""
    written = f"SELECT DISTINCT venue AS written, lower(venue) AS folded FROM {incoming} WHERE venue IS NOT NULL"
    sql.temp_table(
        "venue_as",
        f"""SELECT written, coalesce(same, known, min(written) OVER (PARTITION BY folded)) AS venue FROM (
                SELECT t.written, t.folded, max(CASE WHEN k.venue = t.written THEN k.venue END) AS same, min(k.venue) AS known
                FROM ({written}) t LEFT JOIN ({known}) k ON k.folded = t.folded GROUP BY 1, 2) v""",
    )
