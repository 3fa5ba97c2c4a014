"""Words that people write in lists, each with what is stored for it."""

from collections.abc import Iterator

import pytest
from babel import Locale, UnknownLocaleError
from babel.core import get_global
from sqlmodel import select

from crm import db
from crm.clients.models import Client
from crm.intake.checking import country_names, lookups
from crm.interactions.models import Interaction
from crm.tasks.models import Task
from crm.trading.models import DailyActivity
from tests.cast import Cast
from tests.imports.bringing import bring_in
from tests.share import postgresql_in_long

pytestmark = postgresql_in_long

MAIN = 10  # percent of the people who live there
OFFICIAL = ("official", "de_facto_official")
NOT_OFFERED = lookups.NO_COUNTRIES | {"EA", "IC"}  # parts of Spain

CLIENT_WORDS = {
    "country": {
        "CN": "中国大陆 中国内地 中华人民共和国 中國 CN China",
        "HK": "香港 香港特别行政区 香港特区 香港特區 香港特別行政區 中国香港 中国香港特别行政区 Hong_Kong_SAR",
        "MO": "澳门 澳門 澳门特别行政区 中国澳门",
        "TW": "台湾 臺灣 台湾省 中国台湾",
        "AE": "阿联酋 阿拉伯联合酋长国 UAE الإمارات_العربية_المتحدة",
        "DE": "Deutschland DEUTSCHLAND 德国",
        "KR": "韩国 韓國 南韩 대한민국 한국",
        "GB": "英国 联合王国 UK",
        "MY": "马来西亚 大马",
        "CH": "Schweiz Suisse Svizzera",
        "VG": "英属维尔京群岛 英属维京群岛",
        "RU": "Россия 俄罗斯联邦",
        "TH": "ไทย",
    },
    "time_zone": {
        "Asia/Shanghai": "北京时间 北京時間 中国时间 Asia/Shanghai",
        "Asia/Hong_Kong": "香港时间",
        "Asia/Singapore": "新加坡时间",
        "Asia/Tokyo": "东京时间 東京時間 日本时间",
        "Asia/Dubai": "迪拜时间",
        "America/New_York": "纽约时间 美东时间",
    },
    "kind": {
        "institution": "企业 企业客户 机构 机构客户 公司客户",
        "person": "个人 个人客户",
    },
    "status": {
        "prospect": "潜在 潜在客户 意向客户",
        "active": "正常 活跃",
        "dormant": "沉睡 休眠 沉睡客户",
        "closed": "销户 已销户 注销 已注销 流失",
    },
    "risk": {"high": "高风险 高 High", "medium": "中风险 中等", "low": "低风险 低"},
    "venue": {"OKX": "欧易 欧易OKX OKEx", "Binance": "币安 幣安", "HTX": "火币 Huobi", "KuCoin": "库币"},
}
TASK_WORDS = {
    "priority": {"high": "高 重要", "normal": "中 普通 一般 Medium", "low": "低", "urgent": "紧急"},
    "repeat": {"daily": "每天 每日", "weekly": "每周", "monthly": "每月", "quarterly": "每季度", "never": "不重复"},
    "status": {"open": "待办 未开始", "done": "已完成", "withdrawn": "已取消"},
}
TALK_WORDS = {
    "channel": {
        "meeting": "面谈 拜访 线下拜访 会面 视频会议 线上会议",
        "call": "电话 通话 来电 呼出 Phone_Call",
        "wechat": "微信 企业微信",
        "email": "邮件 邮箱 电子邮件",
        "telegram": "Telegram TG",
        "chat": "WhatsApp 短信 在线聊天",
    },
    "direction": {"outbound": "呼出 外呼 拨出", "inbound": "来电 呼入"},
}
PRODUCTS = {
    "spot": "现货 币币",
    "margin": "杠杆 全仓杠杆",
    "perpetual": "永续 永续合约 U本位永续合约",
    "futures": "合约 交割合约 U本位合约 币本位合约",
    "options": "期权",
}


def meant(words: dict[str, str]) -> dict[str, str]:
    """Word -> what is stored for it; a blank within a word is written as _."""
    return {word.replace("_", " "): code for code, several in words.items() for word in several.split()}


@pytest.mark.parametrize("field", CLIENT_WORDS)
def test_words_of_client_lists(cast: Cast, field: str) -> None:
    words = meant(CLIENT_WORDS[field])
    lines = "".join(f"w{place},{word}\n" for place, word in enumerate(words))

    bring_in(cast.mei, "clients", f"uid,{field}\n{lines}")

    with db.read() as session:
        found = {client.uid: getattr(client, field) for client in session.exec(select(Client))}
    assert {word: found.get(f"w{place}") for place, word in enumerate(words)} == words


@pytest.mark.parametrize("field", TASK_WORDS)
def test_words_of_tasks(cast: Cast, field: str) -> None:
    words = meant(TASK_WORDS[field])
    lines = "".join(f"As {word},2026-04-01,{word}\n" for word in words)

    bring_in(cast.mei, "tasks", f"title,due_on,{field}\n{lines}")

    with db.read() as session:
        found = {task.title: getattr(task, field) for task in session.exec(select(Task))}
    assert {word: found.get(f"As {word}") for word in words} == words


@pytest.mark.parametrize("field", TALK_WORDS)
def test_words_of_conversations(cast: Cast, field: str) -> None:
    words = meant(TALK_WORDS[field])
    lines = "".join(f"{cast.harbour.uid},2026-03-01 10:00,As {word},{word}\n" for word in words)

    bring_in(cast.mei, "interactions", f"uid,happened_at,summary,{field}\n{lines}")

    with db.read() as session:
        found = {talk.summary: getattr(talk, field) for talk in session.exec(select(Interaction))}
    assert {word: found.get(f"As {word}") for word in words} == words


def test_words_of_products(cast: Cast) -> None:
    words = meant(PRODUCTS)
    lines = "".join(f"{cast.harbour.uid},2026-03-01,{word},W{place},1\n" for place, word in enumerate(words))

    bring_in(cast.mei, "daily_activity", f"uid,day,product,instrument,volume_usd\n{lines}")

    with db.read() as session:
        found = {day.instrument: day.product for day in session.exec(select(DailyActivity))}
    assert {word: found.get(f"W{place}") for place, word in enumerate(words)} == words


def test_a_country_may_be_written_by_every_name_that_we_list(cast: Cast) -> None:
    listed = [country_names.by_code(text) for text in (country_names.OWN, country_names.CHINESE)]
    words = [(name, code) for names in listed for code, several in names.items() for name in several]
    lines = "".join(f"w{place},{name}\n" for place, (name, _) in enumerate(words))

    bring_in(cast.mei, "clients", f"uid,country\n{lines}")

    with db.read() as session:
        found = {client.uid: client.country for client in session.exec(select(Client))}
    assert {name: found[f"w{place}"] for place, (name, _) in enumerate(words)} == dict(words)


def test_every_country_is_known_by_its_name_in_its_own_main_languages() -> None:
    known = lookups.countries()
    wrong = {name: code for name, code in _own_names() if known.get(lookups.key(name)) != code}

    assert wrong == {}


def _own_names() -> Iterator[tuple[str, str]]:
    for code, languages in get_global("territory_languages").items():
        for language, said in languages.items():
            is_main = str(said["official_status"]) in OFFICIAL and said["population_percent"] >= MAIN
            name = _name_of(code, language) if is_main and code not in NOT_OFFERED else ""
            if name:
                yield name, code


def _name_of(code: str, language: str) -> str:
    try:
        return str(Locale.parse(language).territories.get(code, ""))
    except UnknownLocaleError:
        return ""
