"""The one process: pages, sign-in, the API, background jobs, over one database."""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount

import crm.tables  # noqa: F401 -- every table is known before the first question
from crm import db, journal, people, reading, search, trading, upkeep, worker
from crm.api import create_api
from crm.ground import logs
from crm.ground.config import settings
from crm.ground.errors import CrmError
from crm.imports import retention
from crm.people import links, passwords
from crm.screens.imports import prefetch
from crm.upkeep import places
from crm.web.edge import auth_routes, index_page, options, sockets
from crm.web.edge.middleware import Guard, broken
from crm.web.kit import dropped_files, forms, write_behind
from crm.web.locale import t

_log = logging.getLogger(__name__)

api = create_api()


def prepare() -> None:
    """Open the store, whoever starts the process; an older one is brought up after a backup."""
    logs.begin(settings().log_level)
    os.umask(places.OURS_ALONE)
    upkeep.open_store()
    upkeep.sweep()
    retention.sweep()
    if lacking := reading.missing_limits():
        _log.warning("This system sets no limit on the %s that reading a file takes; use Linux for a desk.", lacking)


def first_link() -> str | None:
    """The address by which the first admin comes in; None if there is one already."""
    with db.read() as session:
        if not links.needs_first_admin(session):
            return None
    with db.write() as session:
        return f"/welcome/{links.for_first_admin(session)}"


def warm_up() -> None:
    """Do before the first click what it would wait for, and spare the garbage collector all that was loaded."""
    for name in (
        "pandas",
        "plotly.graph_objects",
        "pyarrow",
        "streamlit.elements.plotly_chart",
        "crm.web.kit.table",
        "crm.insights",
    ):
        import_module(name)
    passwords.verify(None, "")
    with db.read() as session:
        people.colleagues(session)
    gc.collect()
    gc.freeze()  # a full collection after each run of a page is what costs: 25 people now wait 37 ms (median), 123 ms (p95)


def _new_day() -> None:
    """Windows of 30 days move on even where nobody imports."""
    with db.write(kind="derive") as session:
        trading.refresh(session)
        journal.remark(session, "A new day: profiles and tiers computed again")


def _forget_events() -> None:
    with db.write() as session:
        people.events.forget_old(session)


async def _warmed_up() -> None:
    try:
        await asyncio.to_thread(warm_up)
    except Exception:  # noqa: BLE001 -- it only costs the first reader a second
        _log.exception("Warming up failed; the first click will be slower.")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    prepare()
    link = first_link()
    if link:
        _tell_the_first(link)
    write_behind.start()
    prefetch.start()
    mornings = [
        ("backup", upkeep.nightly),
        ("profiles", _new_day),
        ("events", _forget_events),
        ("files", retention.sweep),
    ]
    worker.EVERY_MORNING[:] = mornings
    worker.start()
    search.follower.start()
    tasks = [asyncio.create_task(sockets.watch()), asyncio.create_task(_warmed_up())]
    async with api.router.lifespan_context(api):
        yield
    for task in tasks:
        task.cancel()
    await asyncio.to_thread(search.follower.stop)
    await asyncio.to_thread(prefetch.stop)
    await asyncio.to_thread(worker.stop)
    await asyncio.to_thread(write_behind.stop)
    await asyncio.to_thread(dropped_files.stop)
    db.close()


def _tell_the_first(link: str) -> None:
    host, port = st.get_option("server.address") or "localhost", st.get_option("server.port")
    address = (settings().public_url.rstrip("/") or f"http://{host}:{port}") + link
    sys.stderr.write(f"\n  Nobody can sign in yet. The first admin opens, once, within a day:\n  {address}\n\n")


def on_error(error: Exception) -> bool:
    """What a page did not expect: our own errors are sentences; for a bug the log knows, and the reader is told."""
    if isinstance(error, CrmError):
        forms.show_error(error)
    else:
        _log.exception("A page failed.", exc_info=error)
        st.error(
            t("Something went wrong here; it was noted. Nothing of it was saved. Try again, or go to another page.")
        )
    return True


app = st.App(
    Path(__file__).parent / "web" / "frame" / "shell.py",
    routes=[*auth_routes.routes, *index_page.routes(), Mount("/api/v1", app=api), Mount("/api", routes=[])],
    middleware=[Middleware(Guard)],
    exception_handlers={Exception: broken},
    lifespan=lifespan,
    on_script_error=on_error,
)


def serve(host: str, port: int, *, is_demo: bool = False) -> None:
    """Serve until stopped; only a demo lets people in by one click."""
    if not is_demo:
        auth_routes.shut_demo()
    app.run(config={**options.options(), "server.address": host, "server.port": port})
