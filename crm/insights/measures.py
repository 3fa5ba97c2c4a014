"""One definition per number: each function says its formula, its unit and where it comes from.

Amounts are Decimal USD; None is unknown and stays unknown. What cannot be divided is None, never 0.
"""

from dataclasses import dataclass
from decimal import Decimal

SILENCE_GAPS = 8
SILENCE_ALERT = 0.95


def change(now: Decimal | float | None, before: Decimal | float | None) -> float | None:
    """How much more or less than before.

    Formula: now / before - 1. Unit: share. Source: the change against the period before, as in any report.
    """
    if now is None or before is None or before <= 0:
        return None
    return float(now) / float(before) - 1


def net_fee_revenue(fees: Decimal | None, rebates: Decimal | None) -> Decimal | None:
    """What the exchange keeps of the fees; negative when rebates are more.

    Formula: fees charged - rebates paid back. Unit: USD.
    Source: revenue net of what is paid back; commissions and benefits would be taken off too, and are not known here.
    """
    return None if fees is None else fees - (rebates or Decimal(0))


def effective_fee_bps(net_fees: Decimal | None, volume: Decimal | None) -> Decimal | None:
    """What a client really pays; the volume is only that of days whose fees are known.

    Formula: 10,000 x (fees - rebates) / volume. Unit: basis points. Source: the unit of exchanges' fee schedules.
    """
    if net_fees is None or not volume:
        return None
    return 10_000 * net_fees / volume


def maker_share(maker_volume: Decimal | None, volume: Decimal | None) -> float | None:
    """How much of the volume made the market; only of days on which that is known.

    Formula: maker volume / (maker + taker volume). Unit: share. Source: the maker and taker volumes by which exchanges set tiers.
    """
    if maker_volume is None or not volume:
        return None
    return float(maker_volume) / float(volume)


def retained(kept: Decimal | None, before: Decimal | None) -> float | None:
    """NRR or GRR, by what was summed as kept.

    Formula: NRR = sum of f_now / sum of f_before; GRR = sum of min(f_now, f_before) / sum of f_before; over the clients with
    f_before > 0, f = net fee revenue. Unit: share. Source: revenue retention of subscription businesses.
    """
    if kept is None or not before:
        return None
    return float(kept) / float(before)


def coverage(covered: int, clients: int) -> float | None:
    """Clients contacted within the time that their tier is promised.

    Formula: clients whose last contact is at most `contact every N days` ago / open clients whose tier has such a standard.
    Unit: share. Source: the service calendars of financial advisers; any logged interaction counts as a contact.
    """
    return covered / clients if clients else None


def gini(count: int, total: float | None, rank_weighted: float | None) -> float | None:
    """How unevenly something is spread: 0 evenly, towards 1 all with one; 0 for one client and when nobody has any.

    Formula: G = 2 x sum(i x_i) / (n sum x) - (n + 1) / n, x ascending, i from 1, all x >= 0. Unit: 0 to 1.
    Source: Gini (1912), for single values.
    """
    if not count or total is None or rank_weighted is None:
        return None
    return max(0.0, 2 * rank_weighted / (count * total) - (count + 1) / count) if total else 0.0


def effective_number(total: float | None, squares: float | None) -> float | None:
    """As many equal clients would be as concentrated.

    Formula: N = 1 / sum(s_i^2) = (sum x)^2 / sum(x^2). Unit: clients. Source: the inverse of the Herfindahl-Hirschman index.
    """
    return total * total / squares if total and squares else None


@dataclass(frozen=True)
class Silence:
    """How unusual it is for this client to have been quiet for so long.

    Formula: q = share of past gaps between active days (of the last 365 days) that are shorter than the current gap, the
    days since the last active day. Unit: share. Source: the empirical distribution function; said only from 8 gaps on.
    """

    gaps: int
    shorter: int
    current_days: int

    @property
    def q(self) -> float | None:
        return self.shorter / self.gaps if self.gaps >= SILENCE_GAPS else None

    @property
    def is_unusual(self) -> bool:
        return self.q is not None and self.q > SILENCE_ALERT
