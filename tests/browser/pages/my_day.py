"""Where one arrives: a table, a chart, an upload, and what only its reader may see."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from crm.web import parts, viewer

me = viewer.current()
parts.said()

st.title("My day")
st.write(f"Only for {me.name}")
draft = parts.draft("note", "note")
note = st.text_input("Note", key=draft.key("note"))
if note:
    st.write(f"noted: {note}")
rows = pd.DataFrame({"name": ["Harbour", "Northlight"], "volume": [1, 2]})
chosen = parts.frame(rows, key="rows", choose="single-row")
parts.figure(go.Figure(go.Bar(x=["a", "b"], y=[1, 2])), alt="two bars")
st.file_uploader("File")
