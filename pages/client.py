"""client: being built."""

import streamlit as st

from crm.web import links, parts

parts.said()
links.follow()
st.title("client")
