"""What was changed, read and taken back by programs: their own, a lead's team, and nobody else's."""

from uuid import uuid4

from tests.api.conftest import Api
from tests.cast import Cast


def test_a_change_is_read_and_taken_back(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    at = f"/clients/{cast.harbour.id}"
    mei.patch(at, json={"version": 1, "tier": "VIP9"})

    newest = mei.get("/changes", params={"kind": "edit", "limit": 1}).json()[0]
    made = newest["made"]["id"]
    [row] = mei.get(f"/changes/{made}/rows").json()
    assert (newest["who"], row["name"], row["act"]) == ("Mei Lin", "Harbour Capital", "changed")
    assert row["fields"] == [{"field": "tier", "before": "VIP4", "after": "VIP9"}]
    assert [past["may_undo"] for past in mei.get(f"{at}/changes").json()][:1] == [True]

    undone = mei.post(f"/changes/{made}/undo", json={}).json()

    assert (undone["rows"], undone["conflicts"]) == (1, [])
    assert mei.get(at).json()["tier"] == "VIP4"
    assert mei.get(f"/changes/{made}").json()["undone_by"] == undone["change_set_id"]
    assert [past["is_undone"] for past in mei.get(f"{at}/changes").json()][:2] == [False, True]


def test_only_whoever_may_see_a_set_reads_it_or_takes_it_back(cast: Cast, api: Api) -> None:
    mei, tomas, nadia = (api(person) for person in (cast.mei, cast.tomas, cast.nadia))
    mei.patch(f"/clients/{cast.harbour.id}", json={"version": 1, "tier": "VIP9"})
    made = mei.get("/changes", params={"limit": 1}).json()[0]["made"]["id"]

    for stranger in (tomas, api(cast.oskar), api(cast.ada)):
        for path in (f"/changes/{made}", f"/changes/{made}/rows", f"/clients/{cast.harbour.id}/changes"):
            assert stranger.get(path).status_code == 404
        assert stranger.post(f"/changes/{made}/undo", json={}).status_code == 404
    assert mei.get(f"/changes/{uuid4()}").status_code == 404
    assert nadia.get(f"/changes/{made}/rows").status_code == 200
    assert nadia.post(f"/changes/{made}/undo", json={}).json()["rows"] == 1
