"""Tests of crm.web.edge."""
