"""What others can reach is encrypted, or somebody says that it need not be."""

from collections.abc import Iterator

import pytest

from crm.cli import running
from crm.ground import config
from crm.ground.errors import InvalidError


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[None]:
    monkeypatch.setenv("CRM_PUBLIC_URL", request.param)
    config.settings.cache_clear()
    yield
    config.settings.cache_clear()


@pytest.mark.parametrize("public", [""], indirect=True)
@pytest.mark.usefixtures("public")
def test_an_address_that_others_reach_is_refused_without_https() -> None:
    running._check_way("127.0.0.1")
    for host in ("0.0.0.0", "::", "192.0.2.1"):  # noqa: S104
        with pytest.raises(InvalidError, match="others can reach VIP Desk"):
            running._check_way(host)


@pytest.mark.parametrize(
    ("public", "warned"),
    [("https://desk.example", False), ("http://desk.example", True)],
    indirect=["public"],
)
@pytest.mark.usefixtures("public")
def test_https_is_well_and_http_is_warned_of(capsys: pytest.CaptureFixture[str], *, warned: bool) -> None:
    running._check_way("0.0.0.0")  # noqa: S104

    assert ("go over the network as they are" in capsys.readouterr().err) == warned
