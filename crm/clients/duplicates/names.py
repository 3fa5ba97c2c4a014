"""How alike two names are, in letters or in Chinese characters, and which of many are worth comparing.

Names are compared as they sound to a reader: folded, traditional characters as simplified ones, words in any order, without
“Ltd” and 有限公司. Each name meets its neighbours in three sorted lists (forwards, backwards, and by its consonants), so that
100,000 names take seconds; two names that stand far apart in all three are not compared.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from crm.clients.search import fold

if TYPE_CHECKING:
    import numpy as np

ALIKE = 90  # of 100; one letter in ten
SHORT, WORD, NEIGHBOURS, BLOCK = 8, 3, 6, 200_000
# The characters of names and firms that are written in two ways; the language has more, names seldom do.
_TRADITIONAL = (
    "陳張劉黃楊趙吳鄭馮蔣韓許鄧蕭葉蘇呂盧賈閻馬羅謝孫賴譚鄒陸龔邊倫賀顧嚴湯齊鍾範畢龍萬錢聶關諸東歐陽國華偉強麗鳳鳴興榮寶貴財發業達遠輝軍紅蓮蘭蘋瑤瓊瑩愛靜穎飛鵬騰歡樂樓夢雲電網絡亞細際資產證銀貿實開創維滙匯豐億圓圖學書畫術藝"
    "傳廣場綠藍銅鐵鋼機車輛運輸農漁總會團長門聯義員勝衛濟經營銷買賣質數據鏈區塊環島灣臺瀋廈寧爾納費萊頓韋瑪喬賽賓諾約遜裡內鳥魚風雙個誠來時盡應當對動務勢進適選頂領項順須願顯莊嶽靈潔瑋澤銘鈞鋒鍵鑽韻駿龐晉曉淵湧濤瀾燁燦禮積綺緯"
    "縱羣聖聰艷衆裝見親記詩語謙讓豔贊躍錦鎮閔陰隨韜顏饒驍驊嬌婭嵐峯帥彥慶憶懷昇暉楨樺橋權氣潤滿煒獅現祿筆簡籌純紹結緒繼續價託倉幣礦體優處專兩協參號單戰擇擁擊擴攝敵斷標構極樣檔歷殺決況測潛熱牆獨獲畝監盤確種穩競節級紐組終統綜線"
    "編織職聲脈藥蟲補觀視計訊設評試調論講護讀負責貨購賬贏轉輪轟遊過遺郵醫針鈔鉅錄鍊鐘間陣險隊階離難霧響頭題類館驗點齡龜"
)
_SIMPLIFIED = (
    "陈张刘黄杨赵吴郑冯蒋韩许邓萧叶苏吕卢贾阎马罗谢孙赖谭邹陆龚边伦贺顾严汤齐钟范毕龙万钱聂关诸东欧阳国华伟强丽凤鸣兴荣宝贵财发业达远辉军红莲兰苹瑶琼莹爱静颖飞鹏腾欢乐楼梦云电网络亚细际资产证银贸实开创维汇汇丰亿圆图学书画术艺"
    "传广场绿蓝铜铁钢机车辆运输农渔总会团长门联义员胜卫济经营销买卖质数据链区块环岛湾台沈厦宁尔纳费莱顿韦玛乔赛宾诺约逊里内鸟鱼风双个诚来时尽应当对动务势进适选顶领项顺须愿显庄岳灵洁玮泽铭钧锋键钻韵骏庞晋晓渊涌涛澜烨灿礼积绮纬"
    "纵群圣聪艳众装见亲记诗语谦让艳赞跃锦镇闵阴随韬颜饶骁骅娇娅岚峰帅彦庆忆怀升晖桢桦桥权气润满炜狮现禄笔简筹纯绍结绪继续价托仓币矿体优处专两协参号单战择拥击扩摄敌断标构极样档历杀决况测潜热墙独获亩监盘确种稳竞节级纽组终统综线"
    "编织职声脉药虫补观视计讯设评试调论讲护读负责货购账赢转轮轰游过遗邮医针钞钜录链钟间阵险队阶离难雾响头题类馆验点龄龟"
)
_AS_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_HAN = re.compile("[\u3400-\u9fff]")
_PARTS = re.compile(r"[^\W_]+")
_FORMS = frozenset({
    "ltd", "limited", "llc", "llp", "lp", "inc", "incorporated", "corp", "corporation", "co", "company", "plc", "gmbh", "ag",
    "sa", "sarl", "bv", "nv", "pte", "pty", "as", "oy", "ab", "the", "mr", "mrs", "ms", "dr",
})  # fmt: skip
_HAN_FORMS = re.compile("(股份有限公司|有限责任公司|有限公司|集团|公司|先生|女士|小姐)$")
_VOWELS = str.maketrans("", "", "aeiouyhw ")


def plain(name: str) -> str:
    """A name as it is compared: “The Harbour Capital Ltd.” is “capital harbour”, 張偉先生 is 张伟."""
    parts = _PARTS.findall(fold(name).translate(_AS_SIMPLIFIED))
    if _HAN.search(name):
        whole = "".join(parts)
        return _HAN_FORMS.sub("", whole) or whole
    return " ".join(sorted(part for part in parts if part not in _FORMS) or sorted(parts))


def likeness(one: str, other: str) -> int:
    """0 to 100 of two plain names; short ones are alike only if they are equal, for a letter is then half of a name."""
    from rapidfuzz import fuzz  # noqa: PLC0415 -- the start does not wait for what only a comparison needs

    if one == other:
        return 100 if one else 0
    if min(len(one), len(other)) < (SHORT if not _HAN.search(one + other) else 4):
        return 0
    return int(fuzz.ratio(one, other, score_cutoff=ALIKE))


def alike(names: Sequence[str], others: Sequence[str] | None = None) -> Iterator[tuple[int, int, int]]:
    """Pairs of places in a list of plain names that are alike, and how much; with `others`, only pairs across both lists."""
    import numpy as np  # noqa: PLC0415
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    every = [*names, *(others or ())]
    pairs = _neighbours(every)
    if others is not None:
        pairs = pairs[(pairs[:, 0] < len(names)) & (pairs[:, 1] >= len(names))]
    for start in range(0, len(pairs), BLOCK):
        block = pairs[start : start + BLOCK]
        left, right = ([every[place] for place in block[:, side]] for side in (0, 1))
        scores = process.cpdist(left, right, scorer=fuzz.ratio, score_cutoff=ALIKE)
        for at in np.flatnonzero(scores):
            score = likeness(left[at], right[at])
            if score:
                yield int(block[at, 0]), int(block[at, 1]), score


def beginnings(name: str) -> list[str]:
    """How the words of a plain name begin, as they may stand in a folded text; a Chinese name begins with one character."""
    if _HAN.search(name):
        return [name[0], *(old for old, new in zip(_TRADITIONAL, _SIMPLIFIED, strict=True) if new == name[0])]
    return [word[:WORD] for word in name.split() if len(word) >= WORD] or name.split()


def _neighbours(names: Sequence[str]) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    """Pairs of places that stand close to each other in one of the sorted lists, the lower first, each once."""
    import numpy as np  # noqa: PLC0415

    filled = [place for place, name in enumerate(names) if name]
    found = [np.empty(0, dtype=np.int64)]
    for key in (str, _backwards, _consonants):
        order = np.array(sorted(filled, key=lambda place: key(names[place])), dtype=np.int64)
        for step in range(1, min(NEIGHBOURS, len(order) - 1) + 1):
            one, other = order[:-step], order[step:]
            found.append(np.minimum(one, other) * len(names) + np.maximum(one, other))
    codes = np.unique(np.concatenate(found))
    return np.stack(np.divmod(codes, len(names) or 1), axis=1)


def _backwards(name: str) -> str:
    return name[::-1]


def _consonants(name: str) -> str:
    """What a slip of the keyboard leaves: no vowels, no doubled letters."""
    return re.sub(r"(.)\1", r"\1", name.translate(_VOWELS))
