"""One's own account on the screen: browsers that are signed in, tokens for programs, a secret shown once."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import streamlit as st

from crm import people
from crm.ground.errors import InvalidError
from crm.people import Person
from crm.people.models import ApiToken, TokenUse, WebSession
from crm.people.tokens import Scope
from crm.web import locale
from crm.web.kit import form_errors, say
from crm.web.locale import t

_SECRET = "profile_token"  # noqa: S105 -- the name of a place, not a secret
EVERYWHERE_ELSE = "*"
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_NAMES = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def sessions(me: Person, found: Sequence[WebSession], here: str) -> str | None:
    """The browsers that are signed in; gives the one to be signed out, or EVERYWHERE_ELSE."""
    ended = None
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            last = locale.moment(one.seen_at, me.time_zone)
            where = say.joined([browser(one.browser), one.address])
            st.markdown(
                say.marked("{where}  \n:gray[{used}]", where=where, used=t("last used {when}", when=last)),
                width="stretch",
            )
            if one.public_id == here:
                st.badge(t("this browser"), color="green")
            elif st.button(t("Sign out"), key=f"end.{one.public_id}"):
                ended = one.public_id
    if len(found) > 1 and st.button(t("Sign out everywhere else"), key="end_others"):
        ended = EVERYWHERE_ELSE
    return ended


def browser(agent: str) -> str:
    """Chrome on Windows, out of a browser's long name for itself."""
    name = next((_NAMES.get(mark, mark) for mark in _BROWSERS if mark in agent), "")
    system = next((shown for mark, shown in _SYSTEMS.items() if mark in agent), "")
    if name and system:
        return t("{browser} on {system}", browser=name, system=system)
    return name or agent[:40] or t("a browser")


def tokens(me: Person, found: Sequence[ApiToken], uses: Mapping[UUID, TokenUse]) -> UUID | None:
    """Tokens that still work, what each may do and when it was last used; gives the one to be revoked."""
    revoked = None
    if not found:
        st.caption(t("No program works in your name. A token lets one do what you may do, until it expires."))
    for token in found:
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            until = t("works until {when}", when=locale.moment(token.expires_at, me.time_zone))
            scopes = ", ".join(scope_word(scope) for scope in sorted(people.tokens.scopes_of(token)))
            told = " · ".join([scopes, until, _last_use(me, uses.get(token.id))])
            st.markdown(say.marked("{name}  \n:gray[{told}]", name=token.name, told=told), width="stretch")
            if st.button(t("Revoke"), key=f"revoke.{token.id}"):
                revoked = token.id
    return revoked


def _last_use(me: Person, use: TokenUse | None) -> str:
    if use is None:
        return t("never used")
    when = locale.moment(use.used_at, me.time_zone)
    return t("last used {when} from {address}", when=when, address=use.address or "—")


def scope_word(scope: str) -> str:
    return {
        Scope.READ: t("read and export"),
        Scope.LOG: t("write about clients"),
        Scope.IMPORT: t("import files"),
    }[Scope(scope)]


def new_token() -> tuple[str, int, list[Scope]] | None:
    """The form of a new token; its name, days and scopes once it was sent."""
    with st.form("token", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            name = st.text_input(t("New token for which program"), key="token_name", max_chars=80, width=320)
            days = st.number_input(t("Days"), 1, people.tokens.LONGEST_DAYS, 90, key="token_days", width=120)
        scopes = st.multiselect(
            t("What it may do"), list(Scope), [Scope.READ], format_func=scope_word, key="token_scopes", width=440
        )
        sent = st.form_submit_button(t("Make a token"))
    for field in ("name", "days", "scopes"):
        form_errors.under(f"token_{field}")
    return (name, int(days), scopes) if sent else None


def keep_secret(secret: str) -> None:
    st.session_state[_SECRET] = secret


def secret_once() -> None:
    """The token that was just made; it is stored nowhere and cannot be shown again."""
    if _SECRET not in st.session_state:
        return
    with st.container(border=True):
        st.markdown(t("**Copy this token now.** It is shown only this once."))
        st.code(st.session_state[_SECRET], language=None, wrap_lines=True)
        st.button(t("I have copied it"), key="token_copied", on_click=lambda: st.session_state.pop(_SECRET, None))


def same(new: str, again: str) -> None:
    if new != again:
        raise InvalidError("The two passwords differ.", at="again")


def changed_password() -> None:
    """The last thing a page says after the password was changed: every session has ended, this one, too."""
    st.success(t("Your password is changed and every browser is signed out. Sign in with the new one."))
    st.link_button(t("Sign in"), "/login")
    st.stop()
