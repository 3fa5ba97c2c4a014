"""The frame of every page: who is signed in, the menu, the language, the way out."""

from collections import defaultdict

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from crm import db, people
from crm.locale import LANGUAGES
from crm.people import Person
from crm.web.frame import branding, menu
from crm.web.kit import current_user, desk_words, say
from crm.web.locale import t


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


def sidebar(me: Person) -> None:
    with st.sidebar:
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
    page = st.navigation(pages_of(me), expanded=True)
    st.set_page_config(page_title=f"{page.title} · {branding.NAME}")
    words = {"choose_a_file": t("Choose a file"), "save_picture": t("Save as picture"), "whole_chart": t("Whole chart")}
    st.html(branding.style(**words))
    st.logo(branding.wordmark(), icon_image=branding.icon())
    sidebar(me)
    page.run()


show()
