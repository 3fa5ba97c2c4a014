"""Databases in which somebody has entered something: a worker enters it once, and every test gets a copy."""

import pickle
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crm import db
from crm.ground import clock, config
from tests import cast, foreign
from tests.cast import Cast
from tests.imports import rich
from tests.spare import Spare

# By the fixture that asks for it: what is entered once the cast is there. The first that a test asks for is played.
SCENES: Mapping[str, Callable[[Cast], object]] = {
    "world": foreign.enter,
    "world_on_duckdb": foreign.enter,
    "rich": rich.enter,
    "cast": lambda _: None,
    "cast_on_duckdb": lambda _: None,
}


def scene_of(fixtures: Iterable[str]) -> str | None:
    asked = set(fixtures)
    return next((name for name in SCENES if name in asked), None)


@dataclass(frozen=True)
class Stage:
    """The folder of a database, the one on PostgreSQL if it is there, and who and what was entered."""

    folder: Path
    spare: Spare | None
    entered: bytes

    def copied(self, folder: Path) -> str:
        """The URL of a database that is as this one; its folder is copied."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return self.spare.ready() if self.spare else f"duckdb:///{folder / 'crm.duckdb'}"

    def known(self) -> tuple[Cast, Any]:
        """The cast and what the scene gave, as nobody has touched them yet."""
        found: tuple[Cast, Any] = pickle.loads(self.entered)  # noqa: S301 -- this process wrote it
        return found


class Stages:
    """Every scene that was asked for, on the engine for which it was asked."""

    def __init__(self, new_folder: Callable[[str], Path], at: datetime) -> None:
        self._new_folder, self._at = new_folder, at
        self._stages: dict[tuple[str, str], Stage] = {}
        self._spares: list[Spare] = []

    def on_duckdb(self, scene: str, empty: Path) -> Stage:
        if ("duckdb", scene) not in self._stages:
            folder = self._new_folder(scene)
            shutil.copy(empty, folder / "crm.duckdb")
            entered = _enter(scene, f"duckdb:///{folder / 'crm.duckdb'}", folder, self._at)
            self._stages["duckdb", scene] = Stage(folder, None, entered)
        return self._stages["duckdb", scene]

    def on_postgresql(self, scene: str, server: str) -> Stage:
        if ("postgresql", scene) not in self._stages:
            folder, template = self._new_folder(scene), Spare(server, "empty")
            entered = _enter(scene, template.ready(), folder, self._at)
            self._spares += [template, Spare(server, template.name)]
            self._stages["postgresql", scene] = Stage(folder, self._spares[-1], entered)
        return self._stages["postgresql", scene]

    def known(self, engine: str, scene: str) -> tuple[Cast, Any]:
        return self._stages[engine, scene].known()

    def close(self) -> None:
        for spare in reversed(self._spares):
            spare.close()


def _enter(scene: str, url: str, folder: Path, at: datetime) -> bytes:
    with pytest.MonkeyPatch.context() as patch, clock.stopped_at(at):
        patch.setenv("CRM_DATABASE_URL", url)
        patch.setenv("CRM_DATA_DIR", str(folder))
        config.settings.cache_clear()
        db.use(url)
        entered = cast.enter()
        given = SCENES[scene](entered)
        db.close()
    config.settings.cache_clear()
    return pickle.dumps((entered, given))
