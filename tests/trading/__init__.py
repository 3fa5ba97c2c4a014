"""Tests of crm.trading."""
