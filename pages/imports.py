"""Imports: drop a file, see what would happen, apply it, keep the certificate, take it back."""

import streamlit as st

from crm import db, imports, people
from crm.web import (
    addressed,
    ahead,
    import_certificate,
    import_columns,
    import_outcome,
    import_parts,
    import_view,
    journal_parts,
    parts,
    review_parts,
    viewer,
)
from crm.web.locale import t

me = viewer.current()
parts.said()
chosen = addressed.key("batch")
if chosen:
    import_parts.back()
else:
    st.title(t("Imports"))
    review_parts.hint(me)

# Read
with parts.showing_errors(), db.read() as session:
    view = import_view.look(session, me, chosen, import_parts.asked()) if chosen else None
    batches = [] if view else imports.recent(session, me)
    kept = [] if view else imports.kept_mappings(session, me)
    names = people.names(session)

# Show
dropped = understood = keeping = None
wish = import_outcome.Wish()
if view is None:
    dropped = import_parts.drop(me)
    refusal = st.container()
    keeping = import_parts.kept(kept)
    import_parts.past(me, batches, names)
else:
    import_parts.heading(me, view)
    import_outcome.steps(view)
    journal_parts.report(me)
    match view.stage:
        case import_view.Stage.COLUMNS:
            understood = import_columns.columns(me, view)
            ahead.preview(me, view.batch)
        case import_view.Stage.PREVIEW:
            wish = import_outcome.preview(me, view)
        case import_view.Stage.APPLYING:
            import_outcome.progress(view)
        case import_view.Stage.CERTIFICATE:
            wish = import_certificate.certificate(me, view)

# Act
if dropped:
    with refusal, import_parts.reading(len(dropped.content)), parts.showing_errors():
        arrived = imports.arrive(me, dropped.kind, dropped.name, dropped.content)
        with db.write(by=me, why="read a file") as session:
            batch = imports.note(session, arrived)
        step = import_view.first_step(me, batch.id)
    addressed.put(batch=batch.id, step=step, kind=None, page=None)
    st.rerun()
if view and understood:
    with parts.showing_errors(), db.write(by=me, why="corrected the columns") as session:
        imports.remap(
            session, me, view.batch.id, version=view.batch.version, fields=understood.fields, options=understood.options
        )
        if understood.keep_as:
            imports.keep_mapping(session, me, view.batch.id, understood.keep_as)
    addressed.put(step="columns" if understood.stays else "preview", fate=None, page=None)
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
        undone = imports.undo(session, me, view.batch.id, only=wish.only, fate=wish.fate, force=wish.force)
    journal_parts.keep_report(undone)
    parts.say(journal_parts.put_back(undone))
    st.rerun()
if view and wish.table:
    with parts.showing_errors(), db.write(by=me, why="read another table of a file") as session:
        other = imports.stage_table(session, me, view.batch.id, wish.table)
    addressed.put(batch=other.id, step="columns", fate=None, page=None, show=None)
    st.rerun()
if keeping:
    with parts.showing_errors(), db.write(by=me, why="changed a kept mapping") as session:
        if keeping.forget:
            imports.forget_mapping(session, me, keeping.profile.id)
        else:
            imports.rename_mapping(session, me, keeping.profile.id, version=keeping.profile.version, name=keeping.name)
    parts.say(t("Forgotten.") if keeping.forget else t("Renamed."))
    st.rerun()
