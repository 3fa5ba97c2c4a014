"""A page as one of the cast sees it, without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

import crm.screens  # noqa: F401 -- the menu has its entries
from crm import db
from crm.people import Person, sign_in

ROOT = Path(__file__).parents[1]


def screen(path: str | Path, person: Person, **query: str) -> AppTest:
    """A page, or the shell, opened by a person who has just signed in: `screen("pages/log.py", cast.mei).run()`."""
    shown = AppTest.from_file(str(ROOT / path), default_timeout=30)
    shown.user = signed_in(person)
    for name, value in query.items():
        shown.query_params[name] = value
    return shown


def signed_in(person: Person) -> dict[str, str]:
    """What the guard tells a page about its reader."""
    with db.write() as session:
        secret = sign_in.start(session, person.id)
        found = sign_in.find(session, secret)
    assert found
    return {"sub": str(person.id), "sid": found.sid}
