"""Tests of crm.clients."""
