"""Tests of crm.web.frame."""
