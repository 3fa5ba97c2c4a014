"""Imports: drop a file, see what would happen, apply it, keep the certificate, take it back."""

import streamlit as st

from crm import db, imports, people
from crm.web import addressed, import_outcome, import_parts, import_view, journal_parts, parts, viewer
from crm.web.locale import t

me = viewer.current()
parts.said()
chosen = addressed.key("batch")
if chosen:
    import_parts.back()
else:
    st.title(t("Imports"))

# Read
with parts.showing_errors(), db.read() as session:
    view = import_view.look(
        session, me, chosen, step=addressed.get("step"), fate=addressed.get("fate") or None, offset=import_parts.offset()
    ) if chosen else None  # fmt: skip
    batches = [] if view else imports.recent(session, me)
    names = people.names(session)

# Show
dropped = understood = None
wish = import_outcome.Wish()
if view is None:
    dropped = import_parts.drop(me)
    refusal = st.container()
    import_parts.past(me, batches, names)
else:
    import_parts.heading(me, view)
    import_outcome.steps(view)
    journal_parts.report()
    match view.stage:
        case import_view.Stage.COLUMNS:
            understood = import_parts.columns(view)
        case import_view.Stage.PREVIEW:
            wish = import_outcome.preview(me, view)
        case import_view.Stage.APPLYING:
            import_outcome.progress(view)
        case import_view.Stage.CERTIFICATE:
            wish = import_outcome.certificate(me, view)

# Act
if dropped:
    with (
        refusal,
        st.spinner(t("Reading the file…")),
        parts.showing_errors(),
        db.write(by=me, why="read a file") as session,
    ):
        batch = imports.stage(session, me, dropped.kind, dropped.name, dropped.content)
    addressed.put(batch=batch.id, step=None, kind=None, page=None)
    st.rerun()
if view and understood:
    with parts.showing_errors(), db.write(by=me, why="corrected the columns") as session:
        imports.remap(
            session, me, view.batch.id, version=view.batch.version, fields=understood.fields, options=understood.options
        )
        if understood.keep_as:
            imports.keep_mapping(session, me, view.batch.id, understood.keep_as)
    addressed.put(step="preview", fate=None, page=None)
    st.rerun()
if view and wish.apply:
    with parts.showing_errors(), db.write(by=me, why="asked to apply an import") as session:
        imports.ask_to_apply(session, me, view.batch.id)
    addressed.put(step=None, fate=None, page=None)
    st.rerun()
if view and wish.discard:
    with parts.showing_errors(), db.write(by=me, why="discarded an import") as session:
        imports.discard(session, me, view.batch.id)
    import_parts.leave()
    parts.say(t("Forgotten."))
    st.rerun()
if view and wish.undo:
    with parts.showing_errors(), db.write(by=me, why=f"took back {view.batch.file_name}", kind="undo") as session:
        undone = imports.undo(session, me, view.batch.id, force=wish.force)
    journal_parts.keep_report(undone)
    parts.say(t("{rows} rows were put back.", rows=undone.rows))
    st.rerun()
