"""Tests of crm.upkeep."""
