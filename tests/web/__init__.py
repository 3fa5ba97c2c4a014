"""Tests of crm.web."""
