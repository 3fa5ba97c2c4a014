"""The demo, made once for all that is asked of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm import db
from crm.demo import load
from crm.ground import config


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("found") / "demo"
    url = f"duckdb:///{folder / 'crm.duckdb'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_DATABASE_URL", url)
        patch.setenv("CRM_DATA_DIR", str(folder))
        config.settings.cache_clear()
        load.ensure(url)
        yield url
        db.close()
    config.settings.cache_clear()
