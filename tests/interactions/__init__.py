"""Tests of crm.interactions."""
