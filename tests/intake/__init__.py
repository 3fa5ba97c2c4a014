"""Tests of crm.intake."""
