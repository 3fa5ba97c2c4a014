"""Tests of crm.journal."""
