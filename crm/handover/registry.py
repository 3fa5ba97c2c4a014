"""What goes along when clients change hands or become one: each room registers its own step."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from crm.db.sessions import WriteSession
from crm.handover.merging import Plan


@dataclass(frozen=True)
class Merging:
    """Merges that are being carried out, and the numbers of every account that they touch."""

    plans: Sequence[Plan]
    numbers: Collection[int]


MoveStep = Callable[[WriteSession], None]
MergeStep = Callable[[WriteSession, Merging], None]

moves: list[MoveStep] = []
before: list[MergeStep] = []
after: list[MergeStep] = []


def on_move(step: MoveStep) -> MoveStep:
    """Do this when clients go to another manager; the temporary table `moving` (client_id, from_id, to_id) says which."""
    moves.append(step)
    return step


def before_merge(step: MergeStep) -> MergeStep:
    """Do this before records that go are gone."""
    before.append(step)
    return step


def after_merge(step: MergeStep) -> MergeStep:
    """Do this once everything stands by the records that stay."""
    after.append(step)
    return step
