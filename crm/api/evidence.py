"""Programs read in minutes what people read in years: each answer with a list of things leaves a line behind."""

from dataclasses import dataclass
from urllib.parse import parse_qs
from uuid import UUID

from starlette.types import Message, Send

from crm.people import events
from crm.people.events import Event, Kind

ABOUT_ONESELF = ("/me",)
OK = 200


@dataclass
class ListRead:
    """A list that is about to be read; written down once the answer is whole, with how much it was."""

    what: str
    person_id: UUID
    address: str
    status: int = 0
    size: int = 0

    def noted(self, send: Send) -> Send:
        async def sent(message: Message) -> None:
            self.status = message.get("status", self.status)
            self.size += len(message.get("body", b""))
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body") and self.status == OK:
                detail = f"{self.what}, {self.size:,} B"
                events.note(Event(Kind.LIST_READ, self.person_id, address=self.address, detail=detail))

        return sent


def of_list(method: str, path: str, query: bytes, person_id: UUID, address: str) -> ListRead | None:
    """What is read, if it is a list: an address that names no single thing. What was searched for is nobody's business."""
    if method != "GET" or path in ABOUT_ONESELF or any(_is_key(part) for part in path.split("/")):
        return None
    asked = parse_qs(query.decode("latin-1"))
    pages = " ".join(f"{name}={asked[name][0][:12]}" for name in ("limit", "offset", "before") if name in asked)
    return ListRead(f"{path.strip('/')} {pages}".strip(), person_id, address)


def _is_key(part: str) -> bool:
    try:
        UUID(part)
    except ValueError:
        return False
    return True
