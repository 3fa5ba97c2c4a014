"""How trading is spoken of; it is shown on the page of a client and to leaders."""
