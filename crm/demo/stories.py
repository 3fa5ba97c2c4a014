"""The clients with a story, by name: each is there so that one screen has something true to say."""

from dataclasses import dataclass

from crm.demo import courses, staff
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


_BTC = (("spot", "BTC-USDT", 0.7), ("spot", "ETH-USDT", 0.3))
_SWAPS = (("perpetual", "BTC-USDT-SWAP", 0.6), ("perpetual", "ETH-USDT-SWAP", 0.3), ("spot", "BTC-USDT", 0.1))
_QUOTES = (
    ("spot", "BTC-USDT", 0.35), ("spot", "ETH-USDT", 0.25), ("spot", "SOL-USDT", 0.1),
    ("perpetual", "BTC-USDT-SWAP", 0.2), ("perpetual", "ETH-USDT-SWAP", 0.1),
)  # fmt: skip

STORIES = (
    Story("Meridian Tide Capital", "whale leaving", "HK", "en", "fund", staff.GUO, 6.4e8, courses.fading(42, 0.05),
          2.1e7, 1.0, 0.8,
          lines=_BTC, swing=0.12, talked_last=74, leaving_since=42, tags="fund;whale",
          notes="Three portfolio managers; decisions are made on Mondays."),
    Story("Obsidian Harbour Fund", "concentration", "SG", "en", "quant", staff.GUO, 1.15e10, assets_usd=4.2e7,
          weekdays=1.0, weekends=1.0,
          maker_share=0.42, lines=_QUOTES, tags="fund;whale",
          notes="About a quarter of the desk's fees. Two people know the account."),
    Story("Parallax Lattice Markets", "negative fees", "CH", "en", "market-maker", staff.DVORAK, 1.9e9, assets_usd=9e6,
          weekdays=1.0,
          weekends=1.0, maker_share=0.965, lines=_QUOTES, tags="market-maker;api"),
    Story("Copperline Quotes", "negative fees, netted by the venue", "GB", "en", "market-maker", staff.BOATENG, 2.2e9,
          assets_usd=7e6,
          weekdays=1.0, weekends=1.0, maker_share=0.97, lines=_QUOTES, venue="Hyperliquid", tags="market-maker;api"),
    Story("Quarry Lane Partners", "tier falls in 3 days", "GB", "en", "fund", staff.BOATENG, 1.2e7,
          courses.one_big_day(27, 215), 7e4,
          1.0, 0.0, lines=(("spot", "BTC-USDT", 1.0),), swing=0.1, tags="fund"),
    Story("砚谷量化", "tier falls in 5 days", "CN", "zh", "quant", staff.CHEN, 4.4e7, courses.one_big_day(25, 80), 6e4,
          1.0, 0.6,
          lines=(("spot", "ETH-USDT", 1.0),), domain="yangu", swing=0.1, tags="api",
          notes="通过 API 交易,偏好微信沟通。"),
    Story("Amber Skiff Treasury", "tier falls in 9 days", "AE", "en", "treasury", staff.HADDAD, 6e6,
          courses.one_big_day(21, 70), 5e4,
          1.0, 0.0, lines=(("spot", "BTC-USDT", 1.0),), swing=0.1),
    Story("Sable Finch Research", "newcomer growing", "DE", "en", "quant", staff.DVORAK, 1.7e8, courses.growing(76),
          6e5, 0.95, 0.7,
          lines=_SWAPS, joined_ago=80, tags="newcomer;api", notes="Came over from another venue with a status match."),
    Story("长汀家族办公室", "quiet at the new year", "CN", "zh", "family-office", staff.CHEN, 3.1e7,
          courses.closed_for_new_year, 3.4e6, 0.8,
          0.1, lines=_BTC, domain="changting", tags="family-office", notes="春节前后不交易,勿打扰。"),
    Story("Kilnhouse Hash Works", "quiet every fourth week", "KZ", "ru", "miner", staff.DVORAK, 5.2e7,
          courses.paused_every_fourth_week,
          1.4e6, 0.95, 0.5, 0.7, lines=_BTC, tags="miner",
          notes="Sells coins in the first three weeks of its month, pays power in the fourth."),
    Story("Ilse Brandwijk", "silent abnormally", "DE", "en", "person", staff.DVORAK, 1.7e7, courses.stopped(12), 3e5,
          0.98, 0.9,
          lines=_SWAPS, talked_last=19, tags="daily trader"),
    Story("Paloma Arizmendi", "traded after a consultation", "ES", "es", "person", staff.FERREIRA, 2.6e7,
          courses.woken(23, 0.0), 4e5, 0.85,
          0.4, lines=(("options", "BTC-USD-OPTIONS", 0.6), ("spot", "BTC-USDT", 0.4)), talked_last=24, tags="options"),
    Story("Wattle Creek Treasury", "overdue promise", "AU", "en", "treasury", staff.HOANG, 2.2e7, lines=_BTC,
          talked_last=16,
          tags="complaint"),
    Story("Thistle Viaduct Capital", "unhappy", "FR", "fr", "fund", staff.BOATENG, 6.8e7, courses.fading(60, 0.45),
          lines=_SWAPS,
          talked_last=4, tags="fund;complaint"),
    Story("Teal Orchard Family Office", "KYC expires", "SG", "en", "family-office", staff.GUO, 1.4e7, kyc_expires_in=6,
          talked_last=33,
          tags="family-office"),
    Story("Mạc Bảo Khuê", "birthday", "VN", "vi", "person", staff.HOANG, 8e6, birthday_in=1, talked_last=11),
    Story("顾若溪", "birthday", "HK", "zh", "person", staff.CHEN, 1.6e7, birthday_in=3, domain="gu-ruoxi",
          talked_last=40),
    Story("솔마루 트레이딩", "winning back", "KR", "ko", "quant", staff.TANABE, 1.2e8, courses.woken(9, 0.02),
          domain="solmaru", tags="win-back;api",
          talked_last=12),
    Story("Ravel Street Systematic", "fills only, last ten days", "PL", "en", "quant", staff.DVORAK, 3.8e7,
          lines=_SWAPS, tags="api"),
    Story("夕凪台トレーディング", "fills only, last ten days", "JP", "ja", "person", staff.TANABE, 9e6, lines=_BTC,
          domain="yunagidai"),
    Story("Figueirol & Filhos", "busier than ever this week", "BR", "pt", "family-office", staff.FERREIRA, 1.1e7,
          courses.ends_with_a_rush(7, 5.0), lines=(("options", "ETH-USD-OPTIONS", 0.3), ("spot", "BTC-USDT", 0.7)),
          tags="family-office;options"),
    Story("Gannet Weir Mining", "nobody has called for half a year", "MX", "es", "miner", staff.FERREIRA, 4.1e7,
          lines=_BTC, talked_last=171,
          tags="miner"),
)  # fmt: skip

SLEEPERS = 14  # accounts of one referral that all fell asleep, tagged "win-back"
PROSPECTS = 12  # have not traded yet
CLOSED = 5
UNCLAIMED = (("OKX", "581120934476028813"), ("OKX", "602284471905537146"), ("Bybit", "00731942"))
FILLS_ONLY = tuple(story.name for story in STORIES if story.about.startswith("fills only"))
FILLS_DAYS = 10
