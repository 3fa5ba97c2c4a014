"""Sentences of ours in other languages."""
