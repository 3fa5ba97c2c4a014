"""Tests of crm.exports."""
