"""Log lines that programs can read: one JSON object each, with the moment in UTC."""

import json
import logging
from datetime import UTC, datetime

STRUCTURED = "fields"


class Lines(logging.Formatter):
    """A record as one line of JSON; what stands under `extra={"fields": {...}}` becomes fields of its own."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, STRUCTURED, {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def begin(level: str) -> None:
    """From now on everything this process logs goes to stderr in this form."""
    lines = logging.StreamHandler()
    lines.setFormatter(Lines())
    logging.basicConfig(level=level, handlers=[lines])
