"""Imports: drop a file, see what would happen, apply it, keep the certificate, take it back."""

import streamlit as st

from crm import db, imports, people
from crm.ground.messages import Message
from crm.screens.imports import certificate, columns_step, outcome, prefetch, review, stages, uploads
from crm.screens.journal import journal_view
from crm.web.kit import current_user, flash, forms, query_params
from crm.web.locale import t

me = current_user.get()
flash.show()
chosen = query_params.key("batch")
if chosen:
    uploads.back()
else:
    st.title(t("Imports"))
    review.hint(me)

# Read
with forms.showing_errors(), db.read() as session:
    view = stages.look(session, me, chosen, uploads.asked()) if chosen else None
    batches = [] if view else imports.recent(session, me, limit=uploads.MOST_PAST)
    kept = [] if view else imports.kept_mappings(session, me)
    names = people.names(session)

# Show
dropped = understood = keeping = None
clicked = outcome.Clicked()
if view is None:
    dropped = uploads.drop(me)
    refusal = st.container()
    keeping = uploads.kept(kept)
    uploads.past(me, batches, names)
else:
    uploads.heading(me, view)
    outcome.steps(view)
    journal_view.report(me)
    match view.stage:
        case stages.Stage.COLUMNS:
            understood = columns_step.columns(view)
            prefetch.preview(me, view.batch)
        case stages.Stage.PREVIEW:
            clicked = outcome.preview(me, view)
        case stages.Stage.APPLYING:
            outcome.progress(view)
        case stages.Stage.CERTIFICATE:
            clicked = certificate.certificate(me, view)

# Act
if dropped:
    with refusal, forms.showing_errors(), uploads.reading(dropped.size):
        uploads.what_is_taken(dropped.name)
        arrived = imports.arrive(me, dropped.kind, dropped.name, dropped.content)
        with db.beside(imports.turn_of(me)) as session:
            batch = imports.note(session, arrived)
        step = stages.first_step(me, batch.id)
    query_params.put(batch=batch.id, step=step, kind=None, page=None)
    st.rerun()
if view and understood:
    with forms.showing_errors(), db.beside(imports.turn_of(me)) as session:
        imports.remap(
            session, me, view.batch.id, version=view.batch.version, fields=understood.fields, options=understood.options
        )
    if understood.keep_as:
        with forms.showing_errors(), db.write(by=me, why="kept a mapping") as session:
            imports.keep_mapping(session, me, view.batch.id, understood.keep_as)
    query_params.put(step="columns" if understood.stays else "preview", fate=None, page=None)
    st.rerun()
if view and clicked.apply:
    with forms.showing_errors(), db.write(by=me, why="asked to apply an import") as session:
        imports.ask_to_apply(session, me, view.batch.id)
    query_params.put(step=None, fate=None, page=None)
    st.rerun()
if view and clicked.discard:
    with forms.showing_errors(), db.beside(imports.turn_of(me)) as session:
        imports.discard(session, me, view.batch.id)
    uploads.leave()
    flash.say(t("Forgotten."))
    st.rerun()
if view and clicked.undo:
    with (
        forms.showing_errors(),
        db.write(by=me, why=Message("took back {file}", file=view.batch.file_name), kind="undo") as session,
    ):
        undone = imports.undo(
            session, me, view.batch.id, only=clicked.only, outcome=clicked.outcome, force=clicked.force
        )
    journal_view.keep_report(undone)
    flash.say(journal_view.put_back(undone), undo=undone.change_set_id)
    st.rerun()
if view and clicked.redo:
    why = Message("put {file} back", file=view.batch.file_name)
    with forms.showing_errors(), db.write(by=me, why=why, kind="undo") as session:
        redone = imports.redo(session, me, view.batch.id)
    journal_view.keep_report(redone)
    flash.say(journal_view.put_back(redone), undo=redone.change_set_id)
    st.rerun()
if view and clicked.table:
    with forms.showing_errors(), db.beside(imports.turn_of(me)) as session:
        other = imports.stage_table(session, me, view.batch.id, clicked.table)
    query_params.put(batch=other.id, step="columns", fate=None, page=None, show=None)
    st.rerun()
if keeping:
    with forms.showing_errors(), db.write(by=me, why="changed a kept mapping") as session:
        if keeping.forget:
            imports.forget_mapping(session, me, keeping.profile.id)
        else:
            imports.rename_mapping(session, me, keeping.profile.id, version=keeping.profile.version, name=keeping.name)
    flash.say(t("Forgotten.") if keeping.forget else t("Renamed."))
    st.rerun()
