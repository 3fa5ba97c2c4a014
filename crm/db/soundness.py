"""What must hold of everything that is stored: rooms register it, and the doctor asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlmodel import Session

from crm.ground.registry import Registry

Look = Callable[[Session], Iterator[str]]


@dataclass(frozen=True)
class Check:
    """`look` gives a sentence for each thing that is wrong; `well` is said where there is none, `remedy` where there is."""

    look: Look
    well: str
    remedy: str


CHECKS: Registry[Check] = Registry("what the doctor looks for under")


def check(name: str, *, well: str, remedy: str) -> Callable[[Look], Look]:
    """Let the doctor look at this, under this name."""

    def registered(look: Look) -> Look:
        CHECKS.add(name, Check(look, well, remedy))
        return look

    return registered
