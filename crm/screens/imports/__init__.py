"""Imports on the screen: the drop, the columns, the preview, the certificate, and rows that wait for review."""
