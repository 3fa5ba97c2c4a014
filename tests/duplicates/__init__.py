"""Tests of crm.duplicates."""
