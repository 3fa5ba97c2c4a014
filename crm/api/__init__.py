"""The same actions and queries for programs, over HTTP with a token."""

from fastapi import FastAPI


def create_api() -> FastAPI:
    return FastAPI(title="VIP Desk", docs_url=None, redoc_url=None)
