"""Columns of lists are written as everything else, whatever language the browser speaks."""

import json
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from crm.web import locale
from crm.web.kit import columns


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    locale.use("en")
    yield
    locale.use("en")


def table(*amounts: float | None) -> pd.DataFrame:
    return pd.DataFrame({"Fees": amounts, "Share": [0.29] * len(amounts), "Rows": [1234] * len(amounts)})


def test_a_browser_prints_what_it_prints_as_we_do() -> None:
    shown, config = columns.written(table(1234.0, None, 0.0), {"Fees": "usd", "Share": "share", "Rows": "count"})

    formats = {title: column["type_config"]["format"] for title, column in config.items()}
    assert formats == {"Fees": "$%,.0f", "Share": "%.0f%%", "Rows": "%,d"}
    assert shown["Share"].round(6).tolist() == [29.0] * 3


@pytest.mark.parametrize("special", [-1234.0, 5.5])
def test_amounts_that_a_browser_prints_otherwise_are_written_here_and_stay_numbers(special: float) -> None:
    shown, config = columns.written(table(1234.0, special, None), {"Fees": "usd"})

    assert config["Fees"]["type_config"]["format"] is None
    assert shown.data["Fees"].tolist()[:2] == [1234.0, special]
    written = [row[1]["display_value"] for row in shown._translate(False, False)["body"]]
    assert written == ["$1,234", locale.money(special), "—"]


def test_a_share_that_nobody_knows_is_no_reason_to_fail() -> None:
    shown, _ = columns.written(pd.DataFrame({"Share": [None, None]}), {"Share": "share"})

    assert shown["Share"].isna().all()


@pytest.mark.parametrize(("code", "signs"), [("en", "D MMM YYYY"), ("zh", "YYYY年M月D日")])
def test_days_stay_days_in_the_readers_way(code: str, signs: str) -> None:
    locale.use(code)

    shown, config = columns.written(pd.DataFrame({"Day": [date(2026, 9, 6)]}), {"Day": "day"})

    assert config["Day"]["type_config"]["format"] == signs
    assert shown["Day"].tolist() == [date(2026, 9, 6)]


def test_streamlit_sends_what_was_written_here_to_the_browser() -> None:
    def page() -> None:
        import pandas as pd
        import streamlit as st

        from crm.web.kit import columns

        shown, config = columns.written(pd.DataFrame({"Fees": [1234.0, -5.5]}), {"Fees": "usd"})
        st.dataframe(shown, column_config=config)

    sent = AppTest.from_function(page).run().dataframe[0].proto

    assert b"-$5.50" in sent.arrow_data.styler.display_values
    assert "format" not in json.loads(sent.columns)["Fees"]["type_config"]


def test_sums_with_cents_have_two_decimals() -> None:
    assert '"format": "%,.2f"' in json.dumps(columns.count("Sum", decimals=2))
    assert columns.count("Line", width=60)["width"] == 60
