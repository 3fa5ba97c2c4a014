"""Where one arrives: a table, a chart, an upload, and what only its reader may see."""

import plotly.graph_objects as go
import streamlit as st

from crm.web.kit import columns, current_user, figures, flash, forms, table

me = current_user.get()
flash.show()

st.title("My day")
st.write(f"Only for {me.name}")
draft = forms.draft("note", "note")
note = st.text_input("Note", key=draft.key("note"))
if note:
    st.write(f"noted: {note}")
clients = [("Harbour", 1), ("Northlight", 2)]
listed = [
    table.Column[tuple[str, int]]("name", columns.text("Name"), lambda row: row[0], by=lambda row: row[0]),
    table.Column[tuple[str, int]]("volume", columns.count("Volume"), lambda row: row[1], by=lambda row: row[1]),
]
chosen = table.show_all(table.Table("rows", listed, is_ticked=True), clients)
figures.figure(go.Figure(go.Bar(x=["a", "b"], y=[1, 2])), key="bars", alt="two bars")
st.file_uploader("File")
