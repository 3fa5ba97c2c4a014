"""Where one arrives: a table, a chart, an upload, and what only its reader may see."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from crm.web.kit import current_user, figures, flash, forms, tables

me = current_user.get()
flash.show()

st.title("My day")
st.write(f"Only for {me.name}")
draft = forms.draft("note", "note")
note = st.text_input("Note", key=draft.key("note"))
if note:
    st.write(f"noted: {note}")
rows = pd.DataFrame({"name": ["Harbour", "Northlight"], "volume": [1, 2]})
chosen = tables.frame(rows, key="rows", choose="single-row")
figures.figure(go.Figure(go.Bar(x=["a", "b"], y=[1, 2])), alt="two bars")
st.file_uploader("File")
