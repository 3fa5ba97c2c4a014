"""A hostile file that a program sends is one sentence, and the next file is taken."""

from pathlib import Path

import pytest

from tests.api.conftest import Api
from tests.cast import Cast
from tests.reading import hostile


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="limits are those of Linux")
@pytest.mark.parametrize("name", ["no_place.xlsx", "often.xlsx", "dictionary.parquet", "tags.html"])
def test_a_hostile_file_is_refused_and_the_next_is_taken(cast: Cast, api: Api, name: str) -> None:
    refused = api(cast.mei).post("/imports", files={"file": (name, hostile.FILES[name][0]())})
    taken = api(cast.mei).post("/imports", files={"file": ("list.csv", b"uid,name\n11,Somebody\n")})

    assert refused.status_code == 422
    assert hostile.FILES[name][1] in refused.json()["detail"]
    assert name in refused.json()["detail"]
    assert taken.status_code == 201
