"""Lists leave over the API as they leave by the page: what one sees, with permission, and journalled."""

import re

from crm import db, journal
from tests.api.conftest import Api
from tests.cast import Cast


def test_a_list_is_taken_along_and_journalled(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)

    taken = mei.get("/exports/clients")
    lines = mei.get("/exports/clients", params={"layout": "json"}).json()

    assert taken.headers["content-type"].startswith("text/csv")
    assert re.search(r"clients_mei@desk\.example_[-\d]+\.csv", taken.headers["content-disposition"])
    assert ("Harbour Capital" in taken.text, "Northlight" in taken.text) == (True, False)
    assert {line["name"] for line in lines} == {"Harbour Capital", "莲花资本"}
    with db.read() as session:
        newest = journal.recent(session, limit=1)[0]
    assert (newest.kind, newest.made_by) == ("export", cast.mei.id)


def test_nothing_leaves_without_the_right_or_under_a_wrong_name(cast: Cast, api: Api) -> None:
    assert api(cast.ada).get("/exports/clients").status_code == 403
    assert api(cast.mei).get("/exports/secrets").status_code == 422
    assert api(cast.mei).get("/exports/clients", params={"layout": "pdf"}).status_code == 422
