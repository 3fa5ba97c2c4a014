"""The numbers of the desk and of a client for programs: the same rights, and sentences instead of templates."""

from decimal import Decimal

from tests.api.conftest import Api
from tests.cast import Cast
from tests.insights.test_desk_review import fallen


def test_a_lead_reads_the_review_over_the_api_and_a_manager_does_not(cast: Cast, api: Api) -> None:
    fallen(cast)

    assert api(cast.mei).get("/leadership").status_code == 403
    review = api(cast.nadia).get("/leadership", params={"span": "30"}).json()
    assert [(call["name"], call["falling"]) for call in review["calls"]] == [("Mei Lin", 1)]
    assert review["summary"]["headline"][0]["label"] == "Volume"
    assert api(cast.nadia).get("/leadership", params={"span": "99999999999"}).status_code == 422


def test_a_client_and_a_day_are_read_over_the_api_in_sentences(cast: Cast, api: Api) -> None:
    fallen(cast)
    mei = api(cast.mei)

    summary = mei.get(f"/clients/{cast.harbour.id}/summary").json()

    assert Decimal(summary["volume_30d_usd"]) == 17 * 4_000_000 + 13 * 100_000
    assert isinstance(summary["reasons"][0]["said"], str)
    assert [line["name"] for line in mei.get("/me/day").json()["to_contact"]][:1] == ["Harbour Capital"]
    assert api(cast.tomas).get(f"/clients/{cast.harbour.id}/summary").status_code == 404
