"""The same actions and queries for programs, over HTTP with a token."""

from crm.api.application import create_api

__all__ = ["create_api"]
