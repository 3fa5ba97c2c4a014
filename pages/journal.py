"""Journal: who changed what, when and why; each set with its rows before and after, and its undo."""

import streamlit as st

from crm import db
from crm.web import addressed, change_sets, desk_words, journal_parts, parts, set_rows, viewer
from crm.web.locale import t

me = viewer.current()
parts.said()
chosen = addressed.key("set")
if chosen:
    journal_parts.back()
else:
    st.title(t("Journal"))

# Read
with parts.showing_errors(), db.read() as session:
    authors = {person.id: person.name for person in change_sets.authors(session, me)}
    line = change_sets.get(session, me, chosen) if chosen else None
    after = addressed.whole("after", nothing=-1)
    rows = set_rows.rows_of(session, me, chosen, after_seq=after, limit=journal_parts.PAGE + 1) if chosen else []
    wanted = change_sets.SetFilter(
        made_by=addressed.key("by") if addressed.key("by") in authors else None,
        kind=addressed.get("kind") if addressed.get("kind") in change_sets.KINDS else None,
        on=addressed.parsed_day(addressed.get("on")),
        before=addressed.whole("before", nothing=None),
    )
    lines = [] if chosen else change_sets.page(session, me, wanted, limit=journal_parts.PAGE + 1)

# Show
journal_parts.report(me)
if line:
    journal_parts.heading(me, line)
    confirmed, force = journal_parts.undo_form(line) if change_sets.may_undo(me, line) else (False, False)
    journal_parts.rows(me, rows)
else:
    confirmed = force = False
    with st.container(horizontal=True):
        if len(authors) > 1:
            addressed.choice(t("Who"), list(authors), name="by", shown=authors.__getitem__, clears=("before",))
        addressed.choice(t("Kind"), change_sets.KINDS, name="kind", shown=desk_words.change_kind, clears=("before",))
        addressed.day(t("Day"), name="on", clears=("before",))
        journal_parts.take(me, wanted)
    journal_parts.sets(me, lines)
    journal_parts.pager(lines)

# Act
if line and confirmed:
    with parts.showing_errors(), db.write(by=me, why="undo from the journal", kind="undo") as session:
        undone = change_sets.undo(session, me, line.made.id, force=force)
    journal_parts.keep_report(undone)
    parts.say(journal_parts.put_back(undone), undo=undone.change_set_id)
    st.rerun()
