"""Tests of crm.handover."""
