"""Currencies and coins by their codes, signs and names. What is not listed as dollars is no dollars."""

# Kept beside the dollar: a coin of each counts as one. "UST" is not among them, for there were two of that name.
DOLLARS = (
    *("USD", "USDT", "USDC", "BUSD", "FDUSD", "TUSD", "USDP", "DAI", "PYUSD", "GUSD", "RLUSD", "USDE", "USD1", "USDG"),
    "USDT0",
)
_FIAT = """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNH
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
    MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
    SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR
    ZMW ZWL"""
FIAT = frozenset(_FIAT.split())
MONEY = frozenset({*FIAT, "USD", "¥"})
# Coins that others are priced in, or that stand first in a pair.
_COINS = """BTC ETH BNB SOL XRP DOGE ADA TRX DOT LTC BCH ETC EOS XLM XMR ZEC LINK AVAX UNI ATOM MATIC POL FIL APT ARB OP SUI TON
    NEAR ICP SHIB PEPE WIF OKB KCS HT CRO GT MX BGB HYPE LEO XTZ AAVE ALGO DASH NEO QTUM VET WBTC WETH STETH CBBTC PAXG XAUT
    EURT EURC EURI EURS EURQ EURR EURCV AEUR XSGD CNHT BIDR IDRT TRYB BRZ NGNT GYEN JPYC VAI UST USTC LUNA LUNC PAX"""
COINS = frozenset(_COINS.split())
# Coins whose names end in another's: they are no pairs.
_WRAPPED = """WBTC BBTC TBTC LBTC CBBTC SOLVBTC FBTC RENBTC HBTC WETH STETH WSTETH RETH CBETH METH CMETH BETH WBETH EZETH WEETH RSETH
    SWETH FRXETH SFRXETH OSETH MSOL JITOSOL BNSOL BBSOL OKSOL STSOL WBNB WTRX STRX PUFFER TRUSDT ALPACA"""
WRAPPED = frozenset(_WRAPPED.split())
# As Kraken writes them, and others after it.
_LEGACY = {
    "XBT": "BTC",
    "XXBT": "BTC",
    "XETH": "ETH",
    "XETC": "ETC",
    "XLTC": "LTC",
    "XXRP": "XRP",
    "XXLM": "XLM",
    "XXMR": "XMR",
    "XZEC": "ZEC",
    "XDG": "DOGE",
    "XXDG": "DOGE",
    "XREP": "REP",
    "XMLN": "MLN",
    "XXTZ": "XTZ",
    **{f"Z{code}": code for code in ("USD", "EUR", "GBP", "JPY", "CAD", "AUD", "CHF")},
    "RMB": "CNY",
    "CNH": "CNY",
    "NTD": "TWD",
    "STG": "GBP",
    "USDT.E": "USDT",
    "USDC.E": "USDC",
}
QUOTES = tuple(sorted({*DOLLARS, *FIAT, *COINS, *_LEGACY}, key=lambda code: (-len(code), code)))
# Codes that people write in small letters, too.
_COMMON = "usd eur gbp jpy cny rmb hkd krw sgd aud cad chf inr rub brl twd thb vnd idr btc eth usdt usdc"
COMMON = frozenset(_COMMON.split())
SIGNS = {
    **dict.fromkeys(("$", "US$", "U$S", "USD$", "$US", "＄", "₮", "USD₮", "USDⓈ"), "USD"),
    "€": "EUR",
    "£": "GBP",
    "¥": "¥",
    "￥": "¥",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₫": "VND",
    "฿": "THB",
    "₿": "BTC",
    "Ξ": "ETH",
    "₴": "UAH",
    "₱": "PHP",
    "₦": "NGN",
    "₪": "ILS",
    "₸": "KZT",
    "₵": "GHS",
    "₡": "CRC",
    "R$": "BRL",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD$": "CAD",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "SG$": "SGD",
    "NZ$": "NZD",
    "MX$": "MXN",
    "Mex$": "MXN",
    "COP$": "COP",
    "AR$": "ARS",
    "CLP$": "CLP",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "лв": "BGN",
    "kr": "SEK",
    "kr.": "DKK",
    "Rs": "INR",
    "Rs.": "INR",
    "Fr.": "CHF",
    "SFr.": "CHF",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "руб": "RUB",
    "руб.": "RUB",
    "Rp": "IDR",
    "RM": "MYR",
}
NAMES = {
    **dict.fromkeys(("dollar", "dollars", "us dollar", "us dollars", "u.s. dollars", "dollars us", "dólares"), "USD"),
    **dict.fromkeys(("us-dollar", "tether", "美元", "美金", "米ドル", "ドル", "美刀", "u"), "USD"),
    **dict.fromkeys(("euro", "euros", "欧元", "歐元", "ユーロ"), "EUR"),
    **dict.fromkeys(("pound", "pounds", "sterling", "英镑", "英鎊", "ポンド"), "GBP"),
    **dict.fromkeys(("yen", "日元", "日圆", "日圓", "円"), "JPY"),
    **dict.fromkeys(("yuan", "renminbi", "人民币", "人民幣", "元"), "CNY"),
    **dict.fromkeys(("港币", "港幣", "港元"), "HKD"),
    **dict.fromkeys(("新台币", "新台幣", "台币", "台幣"), "TWD"),
    **dict.fromkeys(("won", "韩元", "韓元", "원"), "KRW"),
    **dict.fromkeys(("rupee", "rupees"), "INR"),
    **dict.fromkeys(("franc", "francs", "franken", "瑞士法郎"), "CHF"),
    **dict.fromkeys(("新加坡元", "新币"), "SGD"),
    **dict.fromkeys(("rouble", "roubles", "rubles", "卢布"), "RUB"),
    **dict.fromkeys(("bitcoin", "bitcoins", "比特币"), "BTC"),
    **dict.fromkeys(("ether", "ethereum", "以太坊"), "ETH"),
}


def canonical(code: str) -> str:
    """XXBT is BTC, and ZUSD is USD."""
    plain = code.strip().upper()
    return _LEGACY.get(plain, plain)


def is_dollar(code: str) -> bool:
    return canonical(code) in DOLLARS


def is_known(code: str) -> bool:
    return canonical(code) in DOLLARS or canonical(code) in FIAT or canonical(code) in COINS


DOLLAR_WORDS = tuple(
    sorted(
        {
            *DOLLARS,
            *(old for old, usual in _LEGACY.items() if usual in DOLLARS),
            *(word.upper() for word, code in {**SIGNS, **NAMES}.items() if code == "USD"),
        }
    )
)


def canonical_sql(code: str) -> str:
    """SQL for the usual code of a currency or coin."""
    cases = " ".join(f"WHEN '{old}' THEN '{usual}'" for old, usual in _LEGACY.items())
    return f"CASE upper(trim({code})) {cases} ELSE upper(trim({code})) END"
