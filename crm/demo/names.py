"""Invented names: firms from words that go well together, people from given and family names of many cultures; their UIDs."""

import unicodedata
from hashlib import sha256
from random import Random

_UID_DIGITS = {"OKX": 18, "Bybit": 8, "Binance": 9, "Gate": 8}
_FIRST = (
    "Alder Amber Basalt Birchwood Bramble Cinder Cobalt Cormorant Curlew Driftwood Elmstone Fallow Flintlock"
    " Gannet Gorse Hazel Hollow Indigo Ironbark Juniper Kestrel Larkspur Limestone Mallow Marram Nettle Oakum"
    " Osprey Pebble Plover Quillon Redwing Rowan Saffron Samphire Sandpiper Tamarind Teasel Thistle Umber Velvet"
    " Whimbrel Yarrow Zephyr"
)
_SECOND = (
    "Quay Lantern Spindle Causeway Weir Gable Orchard Lock Sluice Mast Anvil Beacon Trellis Ferry Pylon Tiller"
    " Rafter Cairn Paddock Viaduct Harrow Loom Keel Bridge Mill"
)
_FIRST_ZH = (
    "砚山 云汀 松涧 澜石 青岫 听潮 望舒 鹿鸣 竹屿 霁川 枕流 栖梧 疏影 墨湾 白鹭洲 半夏 扶摇 沧屿 知微 远岑 鲸岛"
    " 麦浪 星槎 棠溪 雁回 苔原 拾光 折桂 浮槎 溪午"
)
_FIRST_ZH_LATIN = (
    "yanshan yunting songjian lanshi qingxiu tingchao wangshu luming zhuyu jichuan zhenliu qiwu shuying mowan"
    " bailuzhou banxia fuyao cangyu zhiwei yuancen jingdao mailang xingcha tangxi yanhui taiyuan shiguang zhegui"
    " fucha xiwu"
)
_ENDINGS = {
    "fund": ("Capital", "Partners", "Asset Management", "Digital Fund"),
    "quant": ("Research", "Systematic", "Quant", "Labs"),
    "market-maker": ("Markets", "Liquidity", "Quotes"),
    "miner": ("Mining", "Hash Works"),
    "family-office": ("Family Office", "Holdings"),
    "treasury": ("Treasury", "Payments"),
}
_ENDINGS_ZH = {
    "fund": ("资本", "基金", "资产管理"),
    "quant": ("量化", "科技"),
    "market-maker": ("做市", "流动性"),
    "miner": ("矿业", "算力"),
    "family-office": ("家族办公室", "控股"),
    "treasury": ("贸易", "支付"),
}
_ENDINGS_LOCAL = {
    "ja": ("霜月橋", "夕凪台", "若葉坂", "トレーディング"),
    "ko": ("솔마루", "별내울", "다온재", "트레이딩"),
    "ru": ("Сухая Заводь", "Дальний Плёс", "Медный Яр", "Капитал"),
    "ar": ("واحة السراج", "مرسى اللؤلؤ", "نخلة الأفق", "للاستثمار"),
}
_PEOPLE = {
    "en": (
        "Imogen Rupert Tamsin Callum Freya Alistair Bronwen Dexter",
        "Ashgrove Penhallow Thorley Merrick Wetherby Lockyer",
    ),
    "zh": ("思远 雨桐 嘉言 子墨 若溪 浩然 书瑶 承泽 梓晴 亦凡", "陆 沈 顾 温 颜 骆 阮 柯 邵 桑"),
    "ja": ("Haruto Sayaka Ren Mizuki Kaito Yuzuki", "Aonuma Kurosaki Hidaka Minegishi Shirota"),
    "ko": ("Seo-yun Ji-ho Ha-eun Min-jae Do-yun", "Bang Seol Cheon Gil Noh"),
    "th": ("Anong Kittisak Ploy Somchai Nattaya", "Saelim Wongyai Thepsiri Charoenrat"),
    "id": ("Ayu Bagus Citra Dimas Ratna", "Prasetya Kusnadi Wiraguna Halimah"),
    "in": ("Aarav Meera Kabir Ishani Rohan Anaya", "Deshwal Karanth Bhatnekar Sundaresh"),
    "ar": ("Layan Faisal Noura Tariq Hessa Yazan", "Al-Sarraj Al-Kindari Mansouri Qabbar"),
    "tr": ("Defne Emir Zeynep Kaan Elif", "Yıldızhan Karadere Aksoylu Gündoğar"),
    "ru": ("Aizhan Timur Darya Ruslan", "Serikova Zhakenov Lugovoy Orlenko"),
    "de": ("Anneliese Konrad Liesel Jörg Mathilda", "Brückner Hohlfeld Sternau Käsbach"),
    "fr": ("Maëlle Bastien Océane Thibault", "Duvernois Lacombelle Fontanges"),
    "pl": ("Zofia Bartosz Agnieszka Wojciech", "Wrzosek Jaworowicz Sikornik"),
    "cs": ("Eliška Vojtěch Barbora Matěj", "Hrubeš Křižan Vlčnovský"),
    "es": ("Ximena Rodrigo Marisol Íñigo Paloma Joaquín", "Arizmendi Valdecasas Quirós Belmonte"),
    "pt": ("Thiago Beatriz Caetano Iara", "Moscovel Tavolaro Figueirol"),
}
_VIETNAMESE = (
    "Đinh Khánh Linh",
    "Lương Minh Quân",
    "Tạ Bảo Ngọc",
    "Mạc Thanh Tâm",
    "Phùng Gia Hân",
    "Cù Đức Anh",
    "Quách Thu Hà",
)
_LOCAL_CHANCE = 0.35
_CHINESE_CHANCE = 0.75


def firm(random: Random, trade: str, culture: str) -> tuple[str, str]:
    """The firm's name, and how its domain spells it."""
    if culture == "zh" and random.random() < _CHINESE_CHANCE:
        which = random.randrange(len(_FIRST_ZH.split()))
        ending = random.choice(_ENDINGS_ZH[trade])
        return f"{_FIRST_ZH.split()[which]}{ending}", f"{_FIRST_ZH_LATIN.split()[which]}-{trade}"
    if culture in _ENDINGS_LOCAL and random.random() < _LOCAL_CHANCE:
        *firsts, ending = _ENDINGS_LOCAL[culture]
        which = random.randrange(len(firsts))
        return f"{firsts[which]} {ending}", f"{culture}-house-{which + 1}"
    first, second = random.choice(_FIRST.split()), random.choice(_SECOND.split())
    return f"{first} {second} {random.choice(_ENDINGS[trade])}", f"{first}{second}".lower()


def person(random: Random, culture: str) -> str:
    if culture == "vi":
        return random.choice(_VIETNAMESE)
    given, family = (random.choice(words.split()) for words in _PEOPLE[culture])
    return f"{family}{given}" if culture == "zh" else f"{given} {family}"


def uid(random: Random, venue: str) -> str:
    """As the venue writes it: never ending in zero, some beginning with zeros, an address on Hyperliquid."""
    if venue not in _UID_DIGITS:
        return f"0x{sha256(str(random.random()).encode()).hexdigest()[:40]}"
    digits = _UID_DIGITS[venue]
    first = random.randint(400, 749) if venue == "OKX" else random.choice((0, 1, 2, 4, 7)) * 10 + random.randint(1, 9)
    rest = digits - (3 if venue == "OKX" else 2)
    return f"{first:0{digits - rest}d}{random.randrange(10 ** (rest - 1)):0{rest - 1}d}{random.randint(1, 9)}"


def domain(name: str) -> str:
    """The Latin letters of a name, without accents."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D").replace("ı", "i"))
    return "".join(letter for letter in plain.lower() if letter.isascii() and letter.isalnum())
