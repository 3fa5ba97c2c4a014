"""What pages are made of, noun by noun; each noun registers its entries in the menu."""

from crm.ground import registry

registry.load("menu", __name__)
