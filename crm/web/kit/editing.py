"""Forms that change what is there: they remember what they were opened on, so that nobody is overwritten unseen and no word is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from crm.ground.errors import Clash
from crm.people import Person
from crm.web.kit import drafts, form_errors, forms
from crm.web.locale import t

_BEFORE, _OPENED_ON = "before.", "opened_on"


@dataclass(frozen=True)
class Opened:
    """A row as its form shows it: `version` is the one that a saving builds on, `values` what stood there then.

    Each widget has `key=opened.key("its name")` and takes its value from there.
    """

    version: int
    values: Mapping[str, Any]
    draft: drafts.Draft

    def key(self, name: str) -> str:
        return self.draft.key(name)

    @property
    def place(self) -> str:
        """What its keys begin with."""
        return self.draft.place

    def changed(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Only what was changed in the form, so that two people may change different fields."""
        return {name: value for name, value in typed.items() if drafts.said(value) != drafts.said(self.values[name])}

    def forget(self) -> None:
        """It opens again on what stands in the store, and nothing is kept of what was typed."""
        st.session_state.pop(_opened(self.draft.form), None)
        for name in self.values:
            st.session_state.pop(self.key(name), None)
        self.draft.sent()


def begin(me: Person, form: str, version: int, values: Mapping[str, Any]) -> Opened:
    """Open the form of a row as it stands; where something was typed and not saved, on what it was typed over."""
    found: Opened | None = st.session_state.get(_opened(form))
    if not found or not any(found.key(name) in st.session_state for name in values):
        found = _fresh(me, form, version, values)
        st.session_state[_opened(form)] = found
    about = {_OPENED_ON: found.version, **{_BEFORE + name: value for name, value in found.values.items()}}
    forms.draft(form, *found.values, prefix=found.place, before=found.values, about=about)
    for name, value in found.values.items():
        st.session_state.setdefault(found.key(name), value)
    return found


def _fresh(me: Person, form: str, version: int, values: Mapping[str, Any]) -> Opened:
    typed, opened_on, over = drafts.kept(me.id, form), version, dict(values)
    if typed and isinstance(typed.fields.get(_OPENED_ON), int):
        opened_on = int(str(typed.fields[_OPENED_ON]))
        over |= {n: drafts.unpacked(typed.fields.get(_BEFORE + n)) for n in values if n in typed.fields}
    return Opened(opened_on, over, drafts.Draft(me.id, form, list(values), f"{form}_{opened_on}_"))


def keeps_mine(opened: Opened, clashes: Sequence[Clash]) -> bool:
    """Somebody was first: says in which fields it matters, and offers both ways on; whether one's own is to be saved."""
    with st.container(border=True, key=f"{opened.place}changed"):
        st.markdown(
            t("Somebody changed the same fields since this form was opened. Compare, then choose.")
            if clashes
            else t("Somebody changed other fields since this form was opened. What you changed can be saved.")
        )
        forms.clash_table(clashes)
        form_errors.under(opened.key(forms.CLASHES))
        with st.container(horizontal=True):
            mine = bool(clashes) and st.button(t("Keep mine and save over it"), key="form_mine")
            st.button(t("Drop mine, show the newest"), type="tertiary", key="form_newest", on_click=opened.forget)
    return mine


def _opened(form: str) -> str:
    return f"_opened.{form}"
