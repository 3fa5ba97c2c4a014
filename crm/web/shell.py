"""The frame of every page: who is signed in, the menu, the language, the way out."""

from collections import defaultdict

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from crm import db, people
from crm.people import Person
from crm.web import menu, viewer
from crm.web.locale import LANGUAGES, t
from crm.web.look import icon
from crm.web.parts import plain

STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 2.6rem; padding-bottom: 3rem; }
[data-testid="stSidebarUserContent"] { padding-top: 0.5rem; }
@media print { [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"] { display: none; } }
@media (max-width: 480px) { [data-testid="stMainBlockContainer"] { padding: 4rem 1rem 3rem; } }
</style>"""


def pages_of(me: Person) -> dict[str, list[StreamlitPage]]:
    """The menu in the reader's language; the first page is where one arrives."""
    parts: dict[str, list[StreamlitPage]] = defaultdict(list)
    for place, entry in enumerate(menu.visible_to(me)):
        shown = st.Page(
            entry.path, title=t(entry.title), icon=entry.icon, url_path=entry.file, default=place == 0,
            visibility="visible" if entry.in_menu else "hidden",
        )  # fmt: skip
        parts[t(entry.part)].append(shown)
    return parts


def sidebar(me: Person) -> None:
    with st.sidebar:
        st.markdown(f"**{plain(me.name)}**  \n{t(me.role)}")
        chosen = st.segmented_control(
            t("Language"), list(LANGUAGES), default=me.locale, format_func=LANGUAGES.__getitem__, required=True,
            label_visibility="collapsed", key=f"language.{me.locale}",
        )  # fmt: skip
        leaving = st.button(t("Sign out"), icon=":material/logout:", width="stretch")
    if leaving:
        viewer.sign_out()
    if chosen and chosen != me.locale:
        with db.write(by=me, why="language") as session:
            people.speak(session, me, str(chosen))
        st.rerun()


def show() -> None:
    # Before the menu is made: else the browser fetches the page's Material icon as favicon, from a server of others.
    st.set_page_config(page_icon=icon(), layout="wide")
    me = viewer.entering()
    page = st.navigation(pages_of(me), expanded=True)
    st.set_page_config(page_title=f"{page.title} · VIP Desk")
    st.html(STYLE)
    sidebar(me)
    page.run()


show()
