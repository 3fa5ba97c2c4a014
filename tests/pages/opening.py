"""Opens a page of the program as somebody, without a browser."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

import crm.screens  # noqa: F401 -- the menu has its entries
from crm import db
from crm.people import Person, sign_in
from crm.web import locale

SHELL = Path(__file__).parents[2] / "crm" / "web" / "frame" / "shell.py"


def opened(file: str, person: Person, /, **address: str) -> AppTest:
    """A page as this person sees it; `address` is what the URL carries."""
    with db.write() as session:
        found = sign_in.find(session, sign_in.start(session, person.id))
    assert found
    app = AppTest.from_file(str(SHELL), default_timeout=20)
    locale.use(person.locale)  # what AppTest chooses by its words is chosen in the reader's
    app.user = {"sub": str(person.id), "sid": found.sid, "is_logged_in": True}
    app.run()
    app.switch_page(str(SHELL.parents[3] / "pages" / f"{file}.py"))
    app.query_params.update(address)
    return app.run()


def tick(page: AppTest, *rows: int) -> AppTest:
    """Choose rows of the first table, by place."""
    key = str(page.dataframe[0].key)
    page.session_state[key] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return page.run()


def pick(page: AppTest, menu: str, option: str) -> AppTest:
    """Open a menu button and choose one of its options."""
    found: Any = next(one for one in page.get("menu_button") if getattr(one, "key", None) == menu)
    found.click(option)
    return page.run()
