"""Duplicates on the screen: the list of groups, and a comparison field by field."""
