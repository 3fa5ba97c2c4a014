"""Tests of crm.ground."""
