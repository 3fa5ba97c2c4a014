"""What was said to a client, when, through which channel, and what came of it."""

from crm.interactions import authors
from crm.interactions.actions import change, finish_task, log
from crm.interactions.models import Channel, Direction, Interaction, InteractionChange, NewInteraction, Product
from crm.interactions.queries import get, of_client, recent, visible_to

__all__ = [
    "Channel", "Direction", "Interaction", "InteractionChange", "NewInteraction", "Product", "authors", "change",
    "finish_task", "get", "log", "of_client", "recent", "visible_to",
]  # fmt: skip
