"""Imports over the API: what a person chooses on the page, a program says with the file."""

from crm import jobs
from tests.api.conftest import Api
from tests.cast import Cast


def test_lists_erasing_values_and_the_table_are_chosen_over_the_api(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    content = f"uid,tags,tier\n{cast.harbour.uid},new,\n00077,x,VIP1\n".encode()
    chosen = {"kind": "clients", "lists": "replace", "erasing": ["tier"], "values": ["country=Norway"]}

    sent = mei.post("/imports", files={"file": ("list.csv", content)}, data=chosen)
    at = f"/imports/{sent.json()['id']}"
    [line, _] = mei.get(f"{at}/preview").json()["lines"]
    [created] = mei.get(f"{at}/preview?fate=created").json()["lines"]
    mei.post(f"{at}/apply")
    jobs.run_waiting()
    undone = mei.post(f"{at}/undo", json={"fate": "created"})

    assert (line["fate"], created["fate"]) == ("changed", "created")
    assert ("tier", "VIP4", None) in [(d["label"], d["old"], d["new"]) for d in line["differences"]]
    assert ("country", "HK", "NO") in [(d["label"], d["old"], d["new"]) for d in line["differences"]]
    assert (undone.status_code, undone.json()["conflicts"]) == (200, [])
    assert mei.get(at).json()["status"] == "applied"
    wrong = mei.post("/imports", files={"file": ("list.csv", content)}, data={"kind": "clients", "values": ["country"]})
    assert wrong.status_code == 422
