"""The zone and the order of days that somebody has just chosen for a file, known before what they mean is read."""

import streamlit as st

from crm.imports import Batch


def zone_key(batch: Batch) -> str:
    return f"zone.{batch.id}.{batch.version}"


def order_key(batch: Batch) -> str:
    return f"order.{batch.id}.{batch.version}"


def chosen(batch: Batch) -> tuple[str, str]:
    """Zone and order; empty where nothing was chosen yet."""
    return str(st.session_state.get(zone_key(batch)) or ""), str(st.session_state.get(order_key(batch)) or "")
