"""Opens a page of the program as somebody, without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from crm import db
from crm.people import Person, sign_in

SHELL = Path(__file__).parents[2] / "crm" / "web" / "shell.py"


def opened(file: str, person: Person, /, **address: str) -> AppTest:
    """A page as this person sees it; `address` is what the URL carries."""
    with db.write() as session:
        found = sign_in.find(session, sign_in.start(session, person.id))
    assert found
    app = AppTest.from_file(str(SHELL), default_timeout=20)
    app.user = {"sub": str(person.id), "sid": found.sid, "is_logged_in": True}
    app.run()
    app.switch_page(str(SHELL.parents[2] / "pages" / f"{file}.py"))
    app.query_params.update(address)
    return app.run()
