"""Journal: who changed what, when and why; each set with its rows before and after, and its undo."""

import streamlit as st

from crm import db, history
from crm.screens.journal import journal_view
from crm.web.kit import current_user, desk_words, flash, forms, query_params, table
from crm.web.locale import t

me = current_user.get()
flash.show()
chosen = query_params.key("set")
shown = journal_view.described(me)
order = table.asked(shown)
if chosen:
    journal_view.back()
else:
    st.title(t("Journal"))

# Read
with forms.showing_errors(), db.read() as session:
    authors = {person.id: person.name for person in history.authors(session, me)}
    line = history.get(session, me, chosen) if chosen else None
    after = query_params.whole("after", nothing=-1)
    rows = history.rows_of(session, me, chosen, after_seq=after, limit=journal_view.PAGE + 1) if chosen else []
    wanted = history.SetFilter(
        made_by=query_params.key("by") if query_params.key("by") in authors else None,
        kind=query_params.get("kind") if query_params.get("kind") in history.KINDS else None,
        on=query_params.parsed_day(query_params.get("on")),
    )
    total = 0 if chosen else history.total(session, me, wanted)
    lines = (
        []
        if chosen
        else history.page(
            session,
            me,
            wanted,
            order=order.by,
            descending=order.descending,
            limit=table.PAGE_ROWS,
            offset=table.offset(),
        )
    )

# Show
journal_view.report(me)
if line:
    journal_view.heading(me, line)
    confirmed, force = journal_view.undo_form(line) if history.may_undo(me, line.made) else (False, False)
    journal_view.rows(me, rows)
else:
    confirmed = force = False
    with st.container(horizontal=True):
        if len(authors) > 1:
            query_params.choice(t("Who"), list(authors), name="by", shown=authors.__getitem__, clears=("page",))
        query_params.choice(t("Kind"), history.KINDS, name="kind", shown=desk_words.change_kind, clears=("page",))
        query_params.day(t("Day"), name="on", clears=("page",))
        journal_view.take(me, wanted, order)
    journal_view.sets(shown, lines, total)

# Act
if line and confirmed:
    with forms.showing_errors(), db.write(by=me, why="undo from the journal", kind="undo") as session:
        undone = history.undo(session, me, line.made.id, force=force)
    journal_view.keep_report(undone)
    flash.say(journal_view.put_back(undone), undo=undone.change_set_id)
    st.rerun()
