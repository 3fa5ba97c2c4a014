"""The frame of every page: who is signed in, the menu, the language, the way out."""

from collections import defaultdict
from collections.abc import Callable
from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from crm import db, people
from crm.ground.config import settings
from crm.locale import LANGUAGES
from crm.people import Person
from crm.web.frame import branding, closed, menu, notices, second_factor, tools
from crm.web.kit import current_user, desk_words, say, step_up
from crm.web.locale import t

_ASKED = "_asked_page"


def pages_of(me: Person) -> dict[str, list[StreamlitPage]]:
    """The menu in the reader's language; the first page is where one arrives."""
    parts: dict[str, list[StreamlitPage]] = defaultdict(list)
    for place, entry in enumerate(menu.visible_to(me)):
        shown = st.Page(
            entry.path,
            title=t(entry.title),
            icon=entry.icon,
            url_path=entry.file,
            default=place == 0,
            visibility="visible" if entry.in_menu else "hidden",
        )
        parts[t(entry.part)].append(shown)
    return parts


def closed_to(me: Person) -> list[StreamlitPage]:
    """Pages that this person may not open, and the address that leads nowhere: each says so."""
    open_to = {entry.file for entry in menu.visible_to(me)}
    pages = [
        _saying(entry.file, t(entry.title), partial(closed.refused, me, entry))
        for entry in menu.entries()
        if entry.file not in open_to
    ]
    asked = _asked_page()
    if asked and asked not in {entry.file for entry in menu.entries()}:
        pages.append(_saying(asked, t("Not found"), partial(closed.not_found, me)))
    return pages


def _asked_page() -> str:
    """The address that was typed; it stays while nobody leaves it."""
    context = get_script_run_ctx()
    asked = context.pages_manager.intended_page_name if context else ""
    if asked:
        st.session_state[_ASKED] = asked
    return str(st.session_state.get(_ASKED, ""))


def _saying(file: str, title: str, shown: Callable[[], None]) -> StreamlitPage:
    return st.Page(shown, title=title, icon=":material/block:", url_path=file, visibility="hidden")


def sidebar(me: Person, file: str) -> None:
    with st.sidebar:
        tools.show(me, file)
        st.markdown(say.marked("**{name}**  \n{role}", name=me.name, role=desk_words.role(me.role)))
        chosen = st.segmented_control(
            t("Language"),
            list(LANGUAGES),
            default=me.locale,
            format_func=LANGUAGES.__getitem__,
            required=True,
            label_visibility="collapsed",
            key=f"language.{me.locale}",
        )
        leaving = st.button(t("Sign out"), icon=":material/logout:", width="stretch")
    if leaving:
        current_user.sign_out()
    if chosen and chosen != me.locale:
        with db.write(by=me, why="language") as session:
            people.speak(session, me, str(chosen))
        st.rerun()


def show() -> None:
    # Before the menu is made: else the browser fetches the page's Material icon as favicon, from a server of others.
    st.set_page_config(page_icon=branding.icon(), layout="wide")
    me = current_user.entering()
    pages = pages_of(me)
    for part in list(pages)[:1]:
        pages[part] += closed_to(me)
    page = st.navigation(pages, expanded=True)
    st.set_page_config(page_title=f"{page.title} · {branding.NAME}")
    st.html(
        branding.style(
            choose_a_file=t("Choose a file"),
            too_large=t("This file is larger than {size} MB, the most that is taken.", size=settings().upload_limit_mb),
            save_picture=t("Save as picture"),
            whole_chart=t("Whole chart"),
        )
    )
    st.logo(branding.wordmark(), icon_image=branding.icon())
    within = next((entry.within for entry in menu.entries() if entry.within and entry.file == page.url_path), "")
    if within:
        st.html(branding.lit(within))
    sidebar(me, page.url_path)
    if second_factor.is_missing(me):
        second_factor.enrol(me)
        return
    notices.show(me)
    step_up.panel(me)
    page.run()


show()
