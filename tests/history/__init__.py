"""Tests of crm.history."""
