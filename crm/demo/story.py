"""What a client with a story is made of, and what such clients trade."""

from dataclasses import dataclass

from crm.demo.courses import Course, steady
from crm.demo.scenes import Scene, scenes_of
from crm.demo.staff import Member


@dataclass(frozen=True)
class Story:
    """Volume in USD for 30 usual days; moments are days before the last day (negative: days after it)."""

    name: str
    about: str
    country: str
    language: str
    trade: str
    manager: Member
    month_usd: float
    course: Course = steady
    assets_usd: float | None = None
    weekdays: float = 0.9
    weekends: float = 0.3
    maker_share: float | None = None
    lines: tuple[tuple[str, str, float], ...] = ()
    venue: str = "OKX"
    domain: str = ""
    joined_ago: int = 900
    talked_last: int | None = None
    birthday_in: int | None = None
    kyc_expires_in: int | None = None
    leaving_since: int | None = None
    swing: float = 0.35
    tags: str = ""
    notes: str = ""

    @property
    def scenes(self) -> tuple[Scene, ...]:
        return scenes_of(self.about)


BTC = (("spot", "BTC-USDT", 0.7), ("spot", "ETH-USDT", 0.3))
SWAPS = (("perpetual", "BTC-USDT-SWAP", 0.6), ("perpetual", "ETH-USDT-SWAP", 0.3), ("spot", "BTC-USDT", 0.1))
QUOTES = (
    ("spot", "BTC-USDT", 0.35),
    ("spot", "ETH-USDT", 0.25),
    ("spot", "SOL-USDT", 0.1),
    ("perpetual", "BTC-USDT-SWAP", 0.2),
    ("perpetual", "ETH-USDT-SWAP", 0.1),
)
