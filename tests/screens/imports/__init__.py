"""Tests of crm.screens.imports."""
