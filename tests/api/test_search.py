"""Search for programs: the same rights, and the glossary behind it."""

from tests.api.conftest import Api
from tests.cast import Cast


def test_a_manager_finds_their_own_clients_over_the_api(cast: Cast, api: Api) -> None:
    asked = {"text": "莲花", "within": ["clients"]}

    (hit,) = api(cast.mei).get("/search", params=asked).json()["items"]

    assert (hit["kind"], hit["title"], hit["external_id"], hit["score"]) == ("clients", "莲花资本", "0001", 1.0)
    assert api(cast.tomas).get("/search", params=asked).json() == {"items": [], "is_complete": True}


def test_what_cannot_be_asked_is_told(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)

    assert mei.get("/search").status_code == 422
    assert mei.get("/search", params={"text": "x", "within": ["secrets"]}).status_code == 422
    assert mei.get("/search", params={"text": "x" * 400}).status_code == 422


def test_a_lead_keeps_the_glossary_over_the_api(cast: Cast, api: Api) -> None:
    nadia, words = api(cast.nadia), {"words": ["港", "harbour"]}
    assert api(cast.mei).post("/glossary", json=words).status_code == 403

    made = nadia.post("/glossary", json=words).json()
    assert [hit["title"] for hit in nadia.get("/search", params={"text": "港"}).json()["items"]] == ["Harbour Capital"]

    path = f"/glossary/{made['id']}"
    changed = nadia.put(path, json={"words": ["码头", "harbour"], "version": made["version"]}).json()
    late = nadia.put(path, json={"words": ["船", "harbour"], "version": made["version"]})
    assert (changed["words"], late.status_code) == (["码头", "harbour"], 409)

    assert nadia.delete(path).status_code == 204
    assert made["id"] not in {entry["id"] for entry in nadia.get("/glossary").json()}
