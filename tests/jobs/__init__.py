"""Tests of crm.jobs."""
