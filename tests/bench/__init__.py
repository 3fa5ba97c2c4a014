"""Tests of crm.bench."""
