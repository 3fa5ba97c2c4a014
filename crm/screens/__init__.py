"""What pages are made of, noun by noun; each noun registers its entries in the menu and what people call things."""

from crm.ground import registry

PARTS = ("menu", "words")

for _part in PARTS:
    registry.load(_part, __name__)
