"""Tests of crm.web.kit."""
