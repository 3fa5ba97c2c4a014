"""What a page does with ticked lines, a program does too: in one change, with the same rights."""

from crm import db, interactions, journal
from tests.api.conftest import Api
from tests.cast import Cast


def test_a_lead_moves_clients_and_a_manager_cannot(cast: Cast, api: Api) -> None:
    wanted = {"client_ids": [str(cast.harbour.id), str(cast.lotus.id)], "to": str(cast.tomas.id)}

    assert api(cast.mei).post("/clients/reassign", json=wanted).status_code == 403
    assert api(cast.nadia).post("/clients/reassign", json=wanted).json() == {"clients": 2}
    assert api(cast.nadia).post("/clients/reassign", json=wanted).json() == {"clients": 0}
    assert api(cast.nadia).post("/clients/reassign", json={**wanted, "part": "merged"}).status_code == 422

    assert api(cast.tomas).get("/clients").json()["total"] == 3


def test_tags_are_put_on_several_clients_or_on_none(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    mine, anothers = str(cast.harbour.id), str(cast.northlight.id)

    assert mei.post("/clients/tag", json={"client_ids": [mine, anothers], "tags": ["whale"]}).status_code == 404
    assert mei.get("/clients", params={"tag": "whale"}).json()["total"] == 0
    assert mei.post("/clients/tag", json={"client_ids": [mine], "tags": ["whale"]}).json() == {"clients": 1}
    assert mei.get("/clients", params={"tag": "whale"}).json()["total"] == 1


def test_a_contact_is_marked_as_verified(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    [contact] = mei.get(f"/clients/{cast.harbour.id}/handles").json()

    assert api(cast.tomas).post(f"/handles/{contact['id']}/verify").status_code == 404
    assert mei.post(f"/handles/{contact['id']}/verify").json()["is_verified"] is True


def test_a_task_is_finished_and_logged_in_one_change(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    task = mei.post("/tasks", json={"title": "Ask about limits", "client_id": str(cast.harbour.id)}).json()

    done = mei.post(f"/tasks/{task['id']}/done", json={"outcome": "They need 200 orders.", "channel": "call"})

    assert (done.status_code, done.json()["status"]) == (200, "done")
    [talk] = mei.get(f"/clients/{cast.harbour.id}/interactions").json()
    assert (talk["channel"], talk["topic"], talk["summary"]) == ("call", "Ask about limits", "They need 200 orders.")
    with db.read() as session:
        newest = journal.recent(session, limit=1)[0]
        assert set(journal.touched(session, newest.id)) == {"task", "interaction"}


def test_a_task_about_nobody_is_not_logged_and_stays_open(cast: Cast, api: Api) -> None:
    mei = api(cast.mei)
    task = mei.post("/tasks", json={"title": "Tidy the list"}).json()

    assert mei.post(f"/tasks/{task['id']}/done", json={"outcome": "Tidy", "channel": "call"}).status_code == 422
    assert mei.get(f"/tasks/{task['id']}").json()["status"] == "open"
    with db.read() as session:
        assert interactions.recent(session, cast.mei) == []


def test_a_lead_hands_tasks_over_to_whoever_sees_their_clients(cast: Cast, api: Api) -> None:
    task = api(cast.mei).post("/tasks", json={"title": "Call", "client_id": str(cast.harbour.id)}).json()
    nadia, wanted = api(cast.nadia), {"task_ids": [task["id"]]}

    assert api(cast.mei).post("/tasks/hand-over", json={**wanted, "to": str(cast.nadia.id)}).status_code == 403
    assert nadia.post("/tasks/hand-over", json={**wanted, "to": str(cast.tomas.id)}).status_code == 403
    assert nadia.post("/tasks/hand-over", json={**wanted, "to": str(cast.nadia.id)}).json() == {"tasks": 1}
