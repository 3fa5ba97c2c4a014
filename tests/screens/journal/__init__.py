"""Tests of crm.screens.journal."""
