"""Nothing typed is ever lost: the fields of open forms are kept for their writer until the form was sent."""

from collections.abc import Callable, Mapping, Sequence
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
_FORMS = "_drafts"  # form -> names of its fields, for this page


class Draft:
    """One form of one writer. Give each widget `key=draft.key("its name")` and call `sent()` once it was saved."""

    def __init__(self, person_id: UUID, form: str, names: Sequence[str]) -> None:
        self.person_id, self.form, self.names = person_id, form, names
        self.restored_at: datetime | None = None

    def key(self, name: str) -> str:
        return _key(self.form, name)

    def sent(self) -> None:
        """The form was saved: it is empty on the next run, and nothing is kept of it."""
        st.session_state[_count(self.form)] = st.session_state.get(_count(self.form), 0) + 1
        st.session_state.get(_FORMS, {}).pop(self.form, None)
        st.session_state.pop(_last(self.form), None)
        write_behind.drop(self.person_id, self.form)


def begin(person_id: UUID, form: str, names: Sequence[str]) -> Draft:
    """Open a form: on the first run fill in what was kept, on later runs keep what has been typed since."""
    draft = Draft(person_id, form, names)
    forms = st.session_state.setdefault(_FORMS, {})
    if form not in forms or not any(draft.key(name) in st.session_state for name in names):
        draft.restored_at = _fill(draft)
    forms[form] = list(names)
    _keep_changed(draft)
    return draft


def keep_all(person_id: UUID) -> None:
    """Keep every open form of this page now: its session is over."""
    for form, names in st.session_state.get(_FORMS, {}).items():
        fields = _typed(form, names)
        if fields:
            with db.beside(people.drafts.TURN) as session:
                people.drafts.keep(session, person_id, form, fields)


def _fill(draft: Draft) -> datetime | None:
    # Widgets forget what they held while another page was shown; what was kept last may not be written yet.
    unwritten: dict[str, object] | None = st.session_state.get(_last(draft.form))
    with db.read() as session:
        found = people.drafts.find(session, draft.person_id, draft.form)
    kept = people.drafts.Kept(unwritten, clock.now()) if unwritten else found
    if not kept:
        return None
    for name in draft.names:
        if name in kept.fields and draft.key(name) not in st.session_state:
            st.session_state[draft.key(name)] = unpacked(kept.fields[name])
    st.session_state[_last(draft.form)] = dict(kept.fields)
    return kept.saved_at


def _keep_changed(draft: Draft) -> None:
    fields = _typed(draft.form, draft.names)
    if fields and fields != st.session_state.get(_last(draft.form)):
        st.session_state[_last(draft.form)] = fields
        write_behind.keep(draft.person_id, draft.form, fields)


def _typed(form: str, names: Sequence[str]) -> dict[str, object]:
    """The fields that hold something, as JSON can keep them; nothing if nobody has typed a word yet."""
    found = {name: packed(st.session_state.get(_key(form, name))) for name in names}
    kept = {name: value for name, value in found.items() if value not in (None, "", [])}
    return kept if any(isinstance(value, str) and value for value in kept.values()) else {}


def _key(form: str, name: str) -> str:
    return f"{form}.{st.session_state.get(_count(form), 0)}.{name}"


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
