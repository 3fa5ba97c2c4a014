"""Tests of crm.tasks."""
