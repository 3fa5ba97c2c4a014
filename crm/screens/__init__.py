"""What pages are made of, noun by noun; each registers its menu entries, its words, and what of it stands in the frame."""

from crm.ground import registry

PARTS = ("menu", "words", "tools")

for _part in PARTS:
    registry.load(_part, __name__)
