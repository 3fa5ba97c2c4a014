"""What was said to a client, when, through which channel, and what came of it."""

from crm.interactions.actions import change, finish_task, log
from crm.interactions.models import Channel, Direction, Interaction, InteractionChange, NewInteraction, Product
from crm.interactions.queries import ORDERS, get, of_client, recent

__all__ = [
    "ORDERS", "Channel", "Direction", "Interaction", "InteractionChange", "NewInteraction", "Product", "change",
    "finish_task", "get", "log", "of_client", "recent",
]  # fmt: skip
