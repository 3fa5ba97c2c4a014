"""Tests of crm.people."""
