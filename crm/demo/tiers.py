"""The tier an account has earned, and what it then pays: a dated example (OKX, about 2022-23), never official."""

from dataclasses import dataclass

ORDINARY = "Lv1"
TIERS = ("VIP1", "VIP2", "VIP3", "VIP4", "VIP5", "VIP6", "VIP7", "VIP8")
ASSETS_USD = (1e5, 5e5, 2e6, 5e6, 1e7)
SPOT_USD = (1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9, 1e10)
FUTURES_USD = (5e7, 1e8, 2e8, 5e8, 1e9, 2e9, 5e9, 2e10)
OPTIONS_USD = (5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 2e9)

_SPOT_BPS = {
    "Lv1": (8.0, 10.0),
    "VIP1": (6.0, 8.0),
    "VIP2": (5.0, 7.0),
    "VIP3": (3.0, 6.0),
    "VIP4": (2.0, 5.0),
    "VIP5": (0.0, 4.0),
    "VIP6": (-0.2, 3.0),
    "VIP7": (-0.5, 2.5),
    "VIP8": (-0.5, 2.0),
}
_DERIVATIVES_BPS = {
    "Lv1": (2.0, 5.0),
    "VIP1": (1.5, 4.0),
    "VIP2": (1.2, 3.8),
    "VIP3": (1.0, 3.5),
    "VIP4": (0.8, 3.2),
    "VIP5": (0.0, 3.0),
    "VIP6": (-0.2, 2.8),
    "VIP7": (-0.5, 2.5),
    "VIP8": (-0.8, 2.2),
}


@dataclass(frozen=True)
class Window:
    """What an account traded in 30 days, and its assets at the end, in USD."""

    spot: float
    futures: float
    options: float
    assets: float


def earned(window: Window, ordinary: str) -> str:
    """The highest tier that any one route gives; below VIP 1 it is the account's ordinary level."""
    routes = (
        (window.spot, SPOT_USD),
        (window.futures, FUTURES_USD),
        (window.options, OPTIONS_USD),
        (window.assets, ASSETS_USD),
    )
    steps = max(sum(value >= bar for bar in bars) for value, bars in routes)
    return TIERS[steps - 1] if steps else ordinary


def rates(tier: str, product: str) -> tuple[float, float]:
    """Maker and taker fee in basis points; a negative one is paid to the client."""
    return (_SPOT_BPS if product in ("spot", "margin") else _DERIVATIVES_BPS)[tier]
