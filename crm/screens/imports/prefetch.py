"""The preview that somebody is about to ask for, made while they look at the columns."""

import logging
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from crm import db, imports
from crm.ground.errors import CrmError
from crm.imports import Batch
from crm.people import Person

LARGEST = 50_000_000  # bytes of a file that is soon read; whoever corrects the columns of a larger file would wait for its preview

_log = logging.getLogger(__name__)
_pools: list[ThreadPoolExecutor] = []


def preview(viewer: Person, batch: Batch) -> None:
    """Lay out what would happen; nothing if nothing runs in the background."""
    if _pools and batch.size <= LARGEST:
        _pools[0].submit(_laid_out, viewer, batch.id)


def start() -> None:
    _pools.append(ThreadPoolExecutor(1, thread_name_prefix="crm-prefetch"))


def stop() -> None:
    while _pools:
        _pools.pop().shutdown(cancel_futures=True)


def _laid_out(viewer: Person, batch_id: UUID) -> None:
    try:
        with db.read() as session:
            imports.preview(session, viewer, batch_id)
    except CrmError:
        return  # it is said to those who ask
    except Exception:  # noqa: BLE001 -- see the sentence
        _log.exception("A preview could not be prefetched; whoever asks for it waits longer.")
