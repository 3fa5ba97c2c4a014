"""Tests in Chromium, against the real server."""
