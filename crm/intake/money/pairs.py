"""In what an instrument is priced: BTC-USDT-SWAP, XXBTZUSD, tBTCUSD, PF_XBTUSD, XBTUSDTM, BTCUSD_PERP, BTC/USDT:USDT."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crm.intake.money.currencies import COINS, FIAT, QUOTES, WRAPPED, canonical, is_dollar, is_known

UNKNOWN = "?"  # it is priced in something, and nobody knows what
_PARTS = re.compile(r"[-_/ .:]+")
_KINDS = "SWAP PERP PERPETUAL FUTURES FUTURE SPOT MARGIN LINEAR INVERSE QUARTER NEXTQUARTER CONT PS P"
_PERPETUAL = frozenset(_KINDS.split())
_DAY = re.compile(r"\d{6}|\d{8}|\d{4}|\d{1,2}[A-Z]{3}\d{2}|[FGHJKMNQUVXZ]\d{1,2}")
_RIGHT = re.compile(r"[CP]")
_STRIKE = re.compile(r"\d+([.D]\d+)?")
_KRAKEN_FUTURES = frozenset(("PF", "PI", "FI", "FF"))
_KUCOIN = re.compile(r"^(?:XBT|[A-Z0-9]{2,}?)(?:USDT|USDC|USD)M$")
_CONTRACT = re.compile(r"(?<=[A-Z0-9]{6})(PERP|SWAP)$")
_BITFINEX = re.compile(r"^t[A-Z0-9]{3,}(:[A-Z0-9]+)?$")
_BITFINEX_COINS = {"UST": "USDT", "USTF0": "USDT", "UDC": "USDC", "BTCF0": "BTC", "TSD": "TUSD", "EUT": "EURT"}
_LEAST_QUOTE, _LEAST_BASE = 3, 2


@dataclass(frozen=True)
class Pair:
    """`quote`: "" of a coin alone. An option's price is a premium; in which coin, only a quote of coins tells."""

    base: str
    quote: str = ""
    is_option: bool = False
    is_joined: bool = False

    @property
    def is_in_dollars(self) -> bool:
        return is_dollar(self.quote)


def pairs_of(names: Iterable[str], *, are_coins: bool = False) -> Mapping[str, Pair]:
    """Each name as a pair. `are_coins`: their column is called so, and cbBTC is a coin and no pair of CB and BTC.

    In a file that joins its pairs, BTCUSDT, a name without a known quote is a pair nobody knows, and no coin.
    """
    found = {name: Pair(canonical(name)) if are_coins and _is_word(name) else parsed(name) for name in names}
    if any(pair.is_joined and pair.quote for pair in found.values()):
        found = {
            name: _unknown(pair) if _is_word(name) and _may_be_pair(pair) else pair for name, pair in found.items()
        }
    return found


def _is_word(name: str) -> bool:
    return not _PARTS.search(name.strip())


def _may_be_pair(pair: Pair) -> bool:
    return not pair.quote and len(pair.base) >= _LEAST_BASE + _LEAST_QUOTE + 1 and pair.base not in WRAPPED


def _unknown(pair: Pair) -> Pair:
    return Pair(pair.base, UNKNOWN, is_joined=True)


@lru_cache(maxsize=50_000)
def parsed(name: str) -> Pair:
    """One name by itself."""
    text = name.strip()
    if _BITFINEX.match(text):
        return _bitfinex(text[1:])
    parts = [part for part in _PARTS.split(text.upper()) if part]
    if not parts:
        return Pair("")
    if parts[0] in _KRAKEN_FUTURES and len(parts) > 1:
        parts = parts[1:]
    is_option = len(parts) > _LEAST_QUOTE - 1 and any(map(_RIGHT.fullmatch, parts[-2:]))
    named = [part for part in parts[1:] if not _says_how(part, is_option=is_option)]
    if named:
        return Pair(canonical(parts[0]), canonical(named[0]), is_option)
    alone = _alone(parts[0])
    return Pair(alone.base, alone.quote, is_option, alone.is_joined)


def _says_how(part: str, *, is_option: bool) -> bool:
    """It is no quote, but tells the kind of contract, its day, its strike."""
    if part in _PERPETUAL or _DAY.fullmatch(part):
        return True
    return is_option and bool(_RIGHT.fullmatch(part) or _STRIKE.fullmatch(part))


def _alone(word: str) -> Pair:
    """A word without marks between its parts: BTCUSDT, or BTC alone."""
    if _KUCOIN.match(word):
        word = word[:-1]
    if word in WRAPPED or is_known(word):
        return Pair(canonical(word))
    word = _CONTRACT.sub("", word) or word
    quotes = [code for code in QUOTES if _ends_in(word, code)]
    known = [code for code in quotes if is_known(word[: -len(code)])]  # XBTUSD is XBT and USD, no XB and TUSD
    quote = next(iter(known or quotes), "")
    if quote:
        return Pair(canonical(word[: -len(quote)]), canonical(quote), is_joined=True)
    first = next((code for code in COINS if word.startswith(code) and len(word) >= len(code) + _LEAST_QUOTE), "")
    return Pair(first, UNKNOWN, is_joined=True) if first and word.isalpha() and _is_short(word, first) else Pair(word)


def _ends_in(word: str, code: str) -> bool:
    """A coin of two letters at the end of a name is chance, and so is a base that is no more than a letter, but for dollars."""
    if not word.endswith(code) or len(code) < _LEAST_QUOTE:
        return False
    base = word[: -len(code)]
    return len(base) >= _LEAST_BASE or (len(base) == 1 and is_dollar(code))


def _is_short(word: str, first: str) -> bool:
    """BTCXYZ: a coin and three to five letters, which are a quote rather than the rest of a name."""
    return first in ("BTC", "ETH", "SOL", "XRP", "LTC", "DOGE", "BNB", "ADA") and len(word) - len(first) in (3, 4)


def _bitfinex(word: str) -> Pair:
    base, _, quote = word.partition(":")
    if not quote:
        found = next((code for code in (*_BITFINEX_COINS, *QUOTES) if _ends_in(word, code)), "")
        if not found:
            return Pair(canonical(word))
        base, quote = word[: -len(found)], found
    return Pair(
        canonical(_BITFINEX_COINS.get(base, base)), canonical(_BITFINEX_COINS.get(quote, quote)), is_joined=True
    )


__all__ = ["FIAT", "UNKNOWN", "Pair", "pairs_of", "parsed"]
