"""Conversations on the screen: the form that logs one, and the newest."""
