"""The API: the same rights, forms and refusals as the pages, for programs with a token."""

from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from crm import db, jobs, journal
from crm.api import create_api, doorkeeper
from crm.ground import clock
from tests.api.conftest import Api
from tests.cast import Cast
from tests.conftest import NOON


def test_only_a_token_that_works_opens(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    assert mei.get("/me").json()["name"] == "Mei Lin"
    assert mei.get("/people").json()[0]["name"] == "Ada Admin"

    nobody = TestClient(create_api())
    for header in ("", "Bearer ", "Bearer vip_wrong", "Basic bWVpOm1laQ==", "Bearer \u00e9"):
        refused = nobody.get("/clients", headers={"Authorization": header.encode("latin-1")})
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert nobody.post("/imports", content=b"x" * 100).status_code == 401
    assert nobody.get("/openapi.json").json()["info"]["title"] == "VIP Desk"
    assert nobody.get("/docs").status_code == 401
    with clock.stopped_at(NOON + timedelta(days=91)):
        assert mei.get("/me").status_code == 401


@pytest.mark.parametrize(
    "path", ["/clients/openapi.json", "/x/openapi.json", "/openapi.json/x", "/imports/openapi.json"]
)
def test_only_the_description_itself_is_open(cast: Cast, path: str) -> None:
    nobody = TestClient(create_api(), raise_server_exceptions=False)

    assert nobody.get(path).status_code == nobody.patch(path, content=b"{}").status_code == 401


def test_only_files_may_be_large(cast: Cast, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorkeeper, "BODY_MB", 0)
    mei = api(cast.mei)

    assert mei.patch("/clients/imports", content=b"{}").status_code == 413
    assert mei.post(f"/imports/{uuid4()}/undo", json={}).status_code == 413
    assert mei.post("/imports", data={"kind": "clients"}).status_code == 422


def test_a_bug_is_told_as_json_and_without_its_details(cast: Cast, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr("crm.clients.page", fails)
    answer = api(cast.mei).get("/clients")

    assert (answer.status_code, "noted" in answer.json()["detail"], "secret" in answer.text) == (500, True, False)


def test_everyone_gets_their_own_clients_and_no_more(cast: Cast, api: Api) -> None:
    seen = {}
    for person in (cast.mei, cast.tomas, cast.nadia, cast.oskar, cast.ada):
        seen[person.name] = api(person).get("/clients").json()["total"]
        status = api(person).get(f"/clients/{cast.harbour.id}").status_code
        assert status == (200 if person in (cast.mei, cast.nadia) else 404)

    assert seen == {"Mei Lin": 2, "Tomas Berg": 1, "Nadia Haddad": 3, "Oskar Nowak": 1, "Ada Admin": 0}


def test_a_client_is_added_changed_reached_and_closed(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    made = mei.post("/clients", json={"name": "Pearl", "uid": "000123", "country": "越南"})
    assert made.status_code == 201
    client = made.json()
    assert (client["country"], client["uid"], "search_text" in client) == ("VN", "000123", False)
    at = f"/clients/{client['id']}"

    assert mei.patch(at, json={"version": 1, "tier": "VIP3"}).json()["tier"] == "VIP3"
    clash = mei.patch(at, json={"version": 1, "tier": "VIP9"})
    assert clash.status_code == 409
    assert clash.json()["clashes"] == [{"field": "tier", "yours": "VIP9", "theirs": "VIP3"}]

    handle = mei.post(f"{at}/handles", json={"kind": "phone", "value": "0912345678"}).json()
    assert handle["value"] == "+84912345678"
    assert mei.get("/clients", params={"text": "0912 345"}).json()["total"] == 1
    assert mei.get("/clients", params={"text": "912345"}).json()["total"] == 1
    assert mei.delete(f"/handles/{handle['id']}").status_code == 204
    assert mei.get(f"{at}/handles").json() == []
    assert len(mei.get(f"{at}/assignments").json()) == 1
    assert mei.post(f"{at}/close").json()["status"] == "closed"
    assert mei.post(f"{at}/reopen").json()["status"] == "active"
    with db.read() as session:
        assert journal.recent(session, limit=1)[0].made_by == cast.mei.id


def test_the_list_takes_the_filter_of_the_page(cast: Cast, api: Api) -> None:
    nadia = api(cast.nadia)

    found = nadia.get("/clients", params={"country": ["HK", "CN"], "order": "tier", "descending": "true", "limit": 1})
    assert (found.json()["total"], found.json()["lines"][0]["name"]) == (2, "Harbour Capital")
    assert nadia.get("/clients", params={"manager": str(cast.tomas.id)}).json()["total"] == 1
    assert nadia.get("/clients", params={"text": "a\0b"}).status_code == 200
    for wrong in (
        {"limit": 201},
        {"limit": 0},
        {"offset": -1},
        {"order": "id; --"},
        {"nonsense": 1},
        {"offset": 1 << 70},
    ):
        refused = nadia.get("/clients", params=wrong)
        assert refused.status_code == 422
        assert isinstance(refused.json()["detail"], str)


def test_logging_makes_the_task_and_both_can_be_read(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    new = {"client_id": str(cast.harbour.id), "summary": "Rates", "follow_up_on": "2026-03-20", "next_steps": "Offer"}
    said = mei.post("/interactions", json=new)
    assert said.status_code == 201
    at = f"/interactions/{said.json()['id']}"

    assert mei.patch(at, json={"version": 1, "topic": "Fees"}).json()["topic"] == "Fees"
    assert mei.get(at).json()["summary"] == "Rates"
    listed = mei.get(f"/clients/{cast.harbour.id}/interactions", params={"before": "2027-01-01T00:00Z"}).json()
    assert [(i["topic"], "search_text" in i) for i in listed] == [("Fees", False)]
    assert len(mei.get("/interactions", params={"text": "rates"}).json()) == 1

    (task,) = mei.get("/tasks", params={"client": str(cast.harbour.id)}).json()["lines"]
    assert (task["title"], task["client_name"]) == ("Offer", "Harbour Capital")
    assert api(cast.tomas).get(f"/tasks/{task['id']}").status_code == 404
    assert mei.get("/me/tasks").json()["next_7_days"] == 1
    assert mei.post(f"/tasks/{task['id']}/snooze", json={"until": "2026-03-18"}).status_code == 200
    assert mei.post(f"/tasks/{task['id']}/done", json={"outcome": ""}).status_code == 422
    assert mei.post(f"/tasks/{task['id']}/done", json={"outcome": "Took it"}).json()["status"] == "done"
    assert mei.post(f"/tasks/{task['id']}/withdraw", json={}).status_code == 409
    assert mei.get("/tasks").json()["total"] == 0


def test_a_task_is_planned_and_changed(cast: Cast, api: Api) -> None:
    tomas = api(cast.tomas)
    task = tomas.post("/tasks", json={"title": "Call", "due_at": "2026-03-16T23:30:00Z"}).json()
    assert (task["due_on"], task["owner_id"]) == ("2026-03-17", str(cast.tomas.id))

    moved = tomas.patch(f"/tasks/{task['id']}", json={"version": 1, "due_on": "2026-04-01"}).json()
    assert moved["due_at"] in ("2026-03-31T22:30:00Z", "2026-03-31T22:30:00+00:00")
    assert tomas.post("/tasks", json={"title": "Call", "due_at": "2026-03-16T10:00"}).status_code == 422


def test_what_is_refused_is_refused_in_one_sentence(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)

    def raw(content: bytes) -> Response:
        answer: Response = mei.post("/clients", content=content, headers={"content-type": "application/json"})
        return answer

    harbour = {"client_id": str(cast.harbour.id), "summary": "x"}
    refused = [
        mei.post("/clients", json={"name": "  "}),
        mei.post("/clients", json={}),
        mei.post("/clients", json={"name": "x", "uid": "7.43E+17"}),
        mei.post("/clients", json={"name": "a\0b"}),
        mei.post("/clients", json=[1]),
        raw(b"{"),
        raw(b'{"name": "\\ud800"}'),
        raw(b'{"name": "x", "country": "\\ud800"}'),
        raw(b'{"name": "x", "uid": "1e\\ud8005"}'),
        raw(b'{"name": "x", "attributes": {"a": NaN}}'),
        mei.get("/clients/not-a-key"),
        mei.post("/interactions", json={**harbour, "mood": 9}),
        mei.post("/interactions", json={**harbour, "happened_at": "2027-01-01T00:00Z"}),
    ]

    assert {answer.status_code for answer in refused} == {422}
    assert all(isinstance(answer.json()["detail"], str) and len(answer.json()["detail"]) > 10 for answer in refused)
    assert "Excel" in refused[2].json()["detail"]
    assert "uid: " in refused[2].json()["detail"]
    assert mei.get(f"/clients/{uuid4()}").status_code == 404
    assert api(cast.ada).post("/clients", json={"name": "x"}).status_code == 403
    assert mei.post("/interactions", content=b"x" * (17 << 20)).status_code == 413
    assert mei.post("/interactions", content=(b"x" * (1 << 20) for _ in range(17))).status_code == 413


def test_a_file_is_sent_looked_at_applied_and_taken_back(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    content = b"UID,Name,Country\n000777,Pearl,VN\n7.43073E+17,Coral,VN\n"
    sent = mei.post("/imports", files={"file": ("list.csv", content)}, data={"kind": "clients"})
    assert sent.status_code == 201, sent.text
    at = f"/imports/{sent.json()['id']}"

    seen = mei.get(f"{at}/preview").json()
    assert (seen["counts"]["created"], seen["counts"]["refused"]) == (1, 1)
    assert api(cast.tomas).get(at).status_code == 404
    assert mei.post(f"{at}/apply").status_code == 202
    jobs.run_waiting()
    assert mei.get(f"{at}/job").json()["status"] == "done"
    assert mei.get(at).json()["status"] == "applied"
    assert mei.get("/clients", params={"text": "pearl"}).json()["total"] == 1
    undone = mei.post(f"{at}/undo", json={})
    assert (undone.status_code, undone.json()["conflicts"]) == (200, [])
    assert mei.get("/clients", params={"text": "pearl"}).json()["total"] == 0
    assert [b["status"] for b in mei.get("/imports").json()] == ["undone"]


def test_duplicates_are_found_and_merged_once_by_those_who_see_both(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    twin = mei.post("/clients", json={"name": "Harbor Capital", "tier": "VIP9"}).json()
    (pair,) = mei.get("/duplicates").json()
    assert {pair["first_id"], pair["second_id"]} == {twin["id"], str(cast.harbour.id)}
    assert ([reason["shared"] for reason in pair["reasons"]], pair["score"]) == (["name"], 51)
    assert api(cast.tomas).get("/duplicates").json() == []

    at, into = f"/clients/{cast.harbour.id}/merge", {"other_ids": [twin["id"]], "versions": {twin["id"]: 2}}
    assert mei.post(at, json=into).status_code == 409
    assert api(cast.tomas).post(at, json=into).status_code == 404
    assert mei.post(at, json={"other_ids": []}).status_code == 422
    merged = mei.post(at, json={"other_ids": [twin["id"]], "choices": {"tier": twin["id"]}}).json()
    assert (merged["id"], merged["name"], merged["tier"]) == (str(cast.harbour.id), "Harbour Capital", "VIP9")
    assert mei.get(f"/clients/{twin['id']}").status_code == 404
    assert (
        mei.post("/not-duplicates", json={"client_ids": [str(cast.harbour.id), str(cast.lotus.id)]}).status_code == 204
    )
