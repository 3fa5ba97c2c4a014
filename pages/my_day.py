"""My day: who is signed in; the rest is being built."""

import streamlit as st

from crm.web import parts, viewer
from crm.web.locale import t

me = viewer.current()
parts.said()
st.title(t("My day"))
st.write(parts.plain(me.name))
