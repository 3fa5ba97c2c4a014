"""How long a newcomer waits: until the demo is made, and from a start to the sign-in page."""

import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from crm.bench import serving

STARTS = 5


@dataclass(frozen=True)
class StartTimes:
    """Seconds: all imports of the demo into an empty folder; the median start over its database to the sign-in page."""

    demo_s: float
    sign_in_page_s: float
    starts: int


def run(starts: int = STARTS) -> StartTimes:
    with tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.monotonic()
        serving.make_demo(folder)
        made = time.monotonic() - begun
        return StartTimes(round(made, 2), round(statistics.median(_start(folder) for _ in range(starts)), 2), starts)


def _start(folder: Path) -> float:
    begun = time.monotonic()
    with serving.served(folder):
        return time.monotonic() - begun
