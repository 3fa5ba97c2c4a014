"""Tests of crm.cli."""
