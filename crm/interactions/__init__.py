"""What was said to a client, when, through which channel, and what came of it."""

from crm.interactions.actions import change, clashes, finish_task, log
from crm.interactions.models import Channel, Direction, Interaction, InteractionChange, NewInteraction, Product
from crm.interactions.queries import ORDERS, get, of_client, recent
from crm.interactions.taking_back import correctable, take_back, words_of

__all__ = [
    "ORDERS", "Channel", "Direction", "Interaction", "InteractionChange", "NewInteraction", "Product", "change", "clashes",
    "correctable", "finish_task", "get", "log", "of_client", "recent", "take_back", "words_of",
]  # fmt: skip
