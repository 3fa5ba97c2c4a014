"""Tests of the layouts that crm.imports knows."""
