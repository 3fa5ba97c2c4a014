"""Tier policies as data: tiers in order, the routes to each, fees in basis points, and how often a tier is to be contacted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from crm.ground import clock
from crm.ground.errors import InvalidError
from crm.trading.models import Product, TierPolicy

# Which products count towards a 30-day volume; margin trades are trades on the spot market.
VOLUMES: Mapping[str, tuple[str, ...]] = {
    "spot_volume_30d": (Product.SPOT, Product.MARGIN),
    "derivatives_volume_30d": (Product.PERPETUAL, Product.FUTURES),
    "options_volume_30d": (Product.OPTIONS,),
    "total_volume_30d": tuple(Product),
}
LEVELS = ("assets_usd", "token_balance")
METRICS = (*VOLUMES, *LEVELS)
WINDOW_DAYS = 30
# Retention, grace, loyalty, trial tiers and withdrawal limits may stand in a policy already; nothing reads them yet.
LATER = ("retention", "loyalty", "trial", "limits")
KNOWN = ("note", "zone", "tiers", "routes", "fees", "service", *LATER)


@dataclass(frozen=True)
class Condition:
    metric: str
    gte: Decimal


@dataclass(frozen=True)
class Route:
    """One way to a tier: all conditions hold; a route without conditions is open to everybody."""

    tier: str
    all: tuple[Condition, ...]


@dataclass(frozen=True)
class Fee:
    """What a tier pays for a product, in basis points of volume; a negative maker fee is a rebate."""

    tier: str
    product: str
    maker_bps: Decimal
    taker_bps: Decimal


@dataclass(frozen=True)
class Service:
    """The desk's own standard for a tier, not the exchange's."""

    tier: str
    contact_every_days: int
    first_response_minutes: int | None = None


@dataclass(frozen=True)
class Policy:
    """The tiers of a venue, lowest first. Days close at 00:00 in `zone`; a tier is the highest whose route is met."""

    id: UUID
    venue: str
    name: str
    effective_from: date
    effective_to: date | None
    zone: str
    tiers: tuple[str, ...]
    routes: tuple[Route, ...]
    fees: tuple[Fee, ...] = ()
    service: tuple[Service, ...] = ()
    note: str = ""

    def rank(self, tier: str | None) -> int:
        """The place of a tier, from 0; -1 for no tier and for one that the policy does not know."""
        return self.tiers.index(tier) if tier in self.tiers else -1

    def fee(self, tier: str | None, product: str) -> Fee | None:
        return next((fee for fee in self.fees if fee.tier == tier and fee.product == product), None)

    def contact_every_days(self, tier: str | None) -> int | None:
        return next((s.contact_every_days for s in self.service if s.tier == tier), None)


def parse(row: TierPolicy) -> Policy:
    """The policy that a row's body spells.

    Raises:
        InvalidError: with a sentence that names the place in the body.
    """
    body = row.body
    unknown = sorted(set(body) - set(KNOWN))
    if unknown:
        raise InvalidError(
            "A tier policy has no part called “{name}”; known are {names}.", name=unknown[0], names=", ".join(KNOWN)
        )
    if row.effective_to and row.effective_to < row.effective_from:
        raise InvalidError("A tier policy cannot end before it begins.")
    tiers = _tiers(body)
    return Policy(
        id=row.id,
        venue=row.venue,
        name=row.name,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        zone=clock.zone(str(body.get("zone", "Asia/Shanghai"))).key,
        tiers=tiers,
        routes=tuple(_route(part, tiers) for part in _parts(body, "routes")),
        fees=tuple(_fee(part, tiers) for part in _parts(body, "fees")),
        service=tuple(_service(part, tiers) for part in _parts(body, "service")),
        note=str(body.get("note", "")),
    )


def _tiers(body: Mapping[str, Any]) -> tuple[str, ...]:
    tiers = body.get("tiers")
    if not isinstance(tiers, list) or not tiers or not all(isinstance(tier, str) and tier for tier in tiers):
        raise InvalidError("A tier policy names its tiers, the lowest first.")
    if len(set(tiers)) < len(tiers):
        raise InvalidError("A tier policy names each tier once.")
    return tuple(tiers)


def _parts(body: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    parts = body.get(name, [])
    if not isinstance(parts, list) or not all(isinstance(part, Mapping) for part in parts):
        raise InvalidError("The part “{name}” of a tier policy is a list of objects.", name=name)
    return parts


def _route(part: Mapping[str, Any], tiers: Sequence[str]) -> Route:
    return Route(_tier(part, tiers, "routes"), tuple(_condition(condition) for condition in _parts(part, "all")))


def _condition(part: Mapping[str, Any]) -> Condition:
    metric = part.get("metric")
    if metric not in METRICS:
        raise InvalidError(
            "“{metric}” is not something a tier can be measured by; known are {names}.",
            metric=metric,
            names=", ".join(METRICS),
        )
    return Condition(str(metric), _number(part.get("gte"), f"the threshold of {metric}"))


def _fee(part: Mapping[str, Any], tiers: Sequence[str]) -> Fee:
    product = part.get("product")
    if product not in tuple(Product):
        raise InvalidError(
            "“{product}” is not a product; known are {names}.", product=product, names=", ".join(Product)
        )
    tier = _tier(part, tiers, "fees")
    maker, taker = (_number(part.get(name), f"{name} of {tier}") for name in ("maker_bps", "taker_bps"))
    return Fee(tier, str(product), maker, taker)


def _service(part: Mapping[str, Any], tiers: Sequence[str]) -> Service:
    tier, days, minutes = (
        _tier(part, tiers, "service"),
        part.get("contact_every_days"),
        part.get("first_response_minutes"),
    )
    if not isinstance(days, int) or days < 1:
        raise InvalidError(
            "The service of {tier} says after how many days it is to be contacted, at least 1.", tier=tier
        )
    if minutes is not None and (not isinstance(minutes, int) or minutes < 1):
        raise InvalidError("The first response to {tier} is a number of minutes, at least 1.", tier=tier)
    return Service(tier, days, minutes)


def _tier(part: Mapping[str, Any], tiers: Sequence[str], place: str) -> str:
    tier = part.get("tier")
    if tier not in tiers:
        raise InvalidError("“{tier}” in “{place}” is not one of the policy's tiers.", tier=tier, place=place)
    return str(tier)


def _number(value: object, place: str) -> Decimal:
    """Numbers are written as text, so that none is ever a float."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(value, float) or not number.is_finite():
        raise InvalidError(
            '“{value}” is not a number for {place}; write it as text, like "0.5".', value=value, place=place
        )
    return number
