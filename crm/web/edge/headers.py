"""The headers of every answer: the strictest that Streamlit's pages run under without a complaint in the console."""

import base64
import hashlib
import re
from functools import lru_cache

from crm.web.edge import index_page

STORED = "/static/"
_INLINE = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


@lru_cache
def policy() -> str:
    """What a page may load: our own files, and the few lines of script that stand in index.html."""
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE.findall(index_page.index().encode()))
    return (
        f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; media-src 'self'; manifest-src 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; form-action 'self'; object-src 'none'"
    )


def _digest(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode()


@lru_cache
def common() -> dict[str, str]:
    return {
        "content-security-policy": policy(),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }


def added(raw: list[tuple[bytes, bytes]], *, secure: bool, path: str = "/") -> list[tuple[bytes, bytes]]:
    """An answer's headers with ours; only what is the same for everybody is stored, so that Back shows nothing afterwards."""
    ours = {name.encode(): value.encode() for name, value in common().items()}
    if secure:
        ours[b"strict-transport-security"] = b"max-age=31536000; includeSubDomains"
    if not path.startswith(STORED):
        ours[b"cache-control"] = b"no-store"
    return [(name, value) for name, value in raw if name.lower() not in ours] + list(ours.items())
