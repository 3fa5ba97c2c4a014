"""Tests of crm.insights."""
