"""The journal on the screen: sets of changes, their rows, and undoing them."""
