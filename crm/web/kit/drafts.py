"""Nothing typed is ever lost: the fields of open forms are kept for their writer until the form was sent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import streamlit as st

from crm import db, people
from crm.ground import clock
from crm.web.kit import write_behind

_KINDS: Mapping[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "UUID": UUID,
    "Decimal": Decimal,
}
_FORMS = "_drafts"  # form -> what is known of it, for this page
_EMPTY: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True)
class _Form:
    """A form of this page: its fields, how the keys of its widgets begin, and what they held before anybody typed.

    `about` is kept with what was typed, such as the version that the form was opened on.
    """

    names: Sequence[str]
    prefix: str = ""
    before: Mapping[str, object] | None = None
    about: Mapping[str, object] = field(default_factory=dict)


class Draft:
    """One form of one writer. Give each widget `key=draft.key("its name")` and call `sent()` once it was saved."""

    def __init__(self, person_id: UUID, form: str, names: Sequence[str], prefix: str = "") -> None:
        self.person_id, self.form, self.names, self.prefix = person_id, form, names, prefix
        self.restored_at: datetime | None = None

    def key(self, name: str) -> str:
        return self.place + name

    @property
    def place(self) -> str:
        """What the keys of its widgets begin with."""
        return self.prefix or f"{self.form}.{st.session_state.get(_count(self.form), 0)}."

    def sent(self) -> None:
        """The form was saved: it is empty on the next run, and nothing is kept of it."""
        _anew(self.form)
        st.session_state.pop(_last(self.form), None)
        write_behind.drop(self.person_id, self.form)


def begin(
    person_id: UUID,
    form: str,
    names: Sequence[str],
    *,
    prefix: str = "",
    before: Mapping[str, object] | None = None,
    about: Mapping[str, object] | None = None,
) -> Draft:
    """Open a form: on the first run fill in what was kept, on later runs keep what has been typed since.

    `before`: what stands in the fields before anybody types; only what differs is kept. `about` is kept beside it, for a form
    that changes a row.
    """
    draft = Draft(person_id, form, names, prefix)
    forms = st.session_state.setdefault(_FORMS, {})
    if form not in forms or not any(draft.key(name) in st.session_state for name in names):
        draft.restored_at = _fill(draft)
    forms[form] = _Form(list(names), draft.place, before, about or {})
    _keep_changed(draft)
    return draft


def kept(person_id: UUID, form: str) -> people.drafts.Kept | None:
    """What was typed into a form and not sent; the newest of it may not be written yet."""
    unwritten = write_behind.waiting(person_id, form) or st.session_state.get(_last(form))
    if unwritten:
        return people.drafts.Kept(unwritten, clock.now())
    with db.read() as session:
        return people.drafts.find(session, person_id, form)


def put_back(person_id: UUID, form: str, fields: Mapping[str, object]) -> bool:
    """What was sent and then taken back stands in the form again, unless somebody has begun to write something else there."""
    found = {name: packed(value) for name, value in fields.items()}
    found = {name: value for name, value in found.items() if value not in _EMPTY}
    if kept(person_id, form):
        return False
    _anew(form)
    st.session_state[_last(form)] = found
    write_behind.keep(person_id, form, found)
    return True


def keep_all(person_id: UUID) -> None:
    """Keep every open form of this page now: its session is over."""
    for form, known in st.session_state.get(_FORMS, {}).items():
        fields = _typed(known)
        if fields:
            with db.beside(people.drafts.TURN) as session:
                people.drafts.keep(session, person_id, form, fields)


def _anew(form: str) -> None:
    """The widgets that come are new ones."""
    st.session_state[_count(form)] = st.session_state.get(_count(form), 0) + 1
    st.session_state.get(_FORMS, {}).pop(form, None)


def _fill(draft: Draft) -> datetime | None:
    # Widgets forget what they held while another page was shown.
    found = kept(draft.person_id, draft.form)
    if not found:
        return None
    for name in draft.names:
        if name in found.fields and draft.key(name) not in st.session_state:
            st.session_state[draft.key(name)] = unpacked(found.fields[name])
    st.session_state[_last(draft.form)] = dict(found.fields)
    return found.saved_at


def _keep_changed(draft: Draft) -> None:
    form: _Form = st.session_state[_FORMS][draft.form]
    fields, last = _typed(form), st.session_state.get(_last(draft.form))
    if fields and fields != last:
        st.session_state[_last(draft.form)] = fields
        write_behind.keep(draft.person_id, draft.form, fields)
    elif last and not fields and form.before is not None:  # everything is again as it was
        st.session_state.pop(_last(draft.form))
        write_behind.drop(draft.person_id, draft.form)


def _typed(form: _Form) -> dict[str, object]:
    """The fields that differ from what stood there, as JSON can keep them; of a new thing nothing before a word was typed."""
    keys = {name: form.prefix + name for name in form.names}
    found = {name: packed(st.session_state[key]) for name, key in keys.items() if key in st.session_state}
    before = {name: packed(value) for name, value in (form.before or {}).items()}
    typed = {name: value for name, value in found.items() if said(value) != said(before.get(name))}
    if form.about:
        return typed | {name: packed(value) for name, value in form.about.items()} if typed else {}
    return typed if any(isinstance(value, str) for value in typed.values()) else {}


def said(value: object) -> object:
    """Nothing, however a widget writes it, is None; 0 and no are something."""
    return None if value in _EMPTY else value


def _count(form: str) -> str:
    return f"_sent.{form}"


def _last(form: str) -> str:
    return f"_kept.{form}"


def packed(value: object) -> object:
    """A widget's value as JSON has it; what is neither text, number, day nor key is not kept."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [packed(item) for item in value]
    for kind in (datetime, date, UUID, Decimal):
        if isinstance(value, kind):
            return {kind.__name__: value.isoformat() if isinstance(value, date) else str(value)}
    return None


def unpacked(value: object) -> object:
    if isinstance(value, list):
        return [unpacked(item) for item in value]
    if not isinstance(value, dict):
        return value
    [(kind, text)] = value.items()
    return _KINDS[str(kind)](str(text))
