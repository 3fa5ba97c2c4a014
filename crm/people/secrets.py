"""Secrets that are handed out once, and of which only the hash is kept."""

import hashlib
import secrets


def fresh() -> str:
    """256 random bits, fit for a cookie, a link or a header."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of it: it has so many bits that a plain SHA-256 cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
