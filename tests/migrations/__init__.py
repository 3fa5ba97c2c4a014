"""Databases of every earlier revision, brought to the newest."""
