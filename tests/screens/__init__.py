"""Tests of crm.screens."""
