"""Streamlit's options: ours from the file beside the shell, and those that follow from our settings."""

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from crm.ground.config import settings

FILE = Path(__file__).parents[1] / ".streamlit" / "config.toml"


def options() -> dict[str, object]:
    """Every option under its dotted name, as `app.run(config=...)` takes them."""
    found = flat(tomllib.loads(FILE.read_text(encoding="utf-8")))
    limit, public = settings().upload_limit_mb, origin()
    return found | {
        "server.maxUploadSize": limit,
        "server.folderWatchBlacklist": [str(Path(__file__).parents[2])],
        # A proxy may tell us another host than the browser was told; then the page's websocket would be refused.
        "client.allowedOrigins": [],  # those of its makers' cloud might show our pages and talk to them
        "server.corsAllowedOrigins": [public] if public else [],
    }


def origin() -> str:
    """What a browser calls the place it has our pages from, as far as the settings say; "" where they do not."""
    address = urlsplit(settings().public_url)
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""


def flat(tree: dict[str, object], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = value
    return found
