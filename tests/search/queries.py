"""A hundred searches as people of the desk type them over the demo, with what they looked for; written before the search was.

Half cross languages or scripts. A client is told by its name, a task by its title; a conversation by words that stand in it, since
many were alike: what was looked for is any of those.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """What somebody typed, in which kind they looked, and what they looked for: one of these is among the first five."""

    text: str
    kind: str
    right: tuple[str, ...]
    crosses: bool = False  # languages, scripts, or what the desk says for what stands there


def _clients(text: str, *names: str, crosses: bool = False) -> Query:
    return Query(text, "clients", names, crosses)


def _talks(text: str, *parts: str, crosses: bool = False) -> Query:
    return Query(text, "interactions", parts, crosses)


def _tasks(text: str, *titles: str, crosses: bool = False) -> Query:
    return Query(text, "tasks", titles, crosses)


NAMES = (
    _clients("obsidian", "Obsidian Harbour Fund"),
    _clients("砚谷", "砚谷量化"),
    _clients("长汀家族", "长汀家族办公室"),
    _clients("若溪", "顾若溪", "阮若溪", "骆若溪", "邵若溪", "颜若溪"),
    _clients("bruckner konrad", "Konrad Brückner"),
    _clients("mac bao khue", "Mạc Bảo Khuê"),
    _clients("OCEANE", "Océane Duvernois"),
    _clients("медный яр", "Медный Яр Капитал"),
    _clients("솔마루", "솔마루 트레이딩"),
    _clients("夕凪台", "夕凪台トレーディング"),
)
TYPED_WRONG = (
    _clients("obsidain harbour", "Obsidian Harbour Fund"),
    _clients("Paralax Latice", "Parallax Lattice Markets"),
    _clients("copperlne", "Copperline Quotes"),
    _clients("thistel viaduct", "Thistle Viaduct Capital"),
    _clients("penhalow", "Freya Penhallow"),
    _clients("arizmedni paloma", "Paloma Arizmendi"),
    _clients("kilnhuose", "Kilnhouse Hash Works"),
)
PINYIN = (
    _clients("yangu", "砚谷量化", crosses=True),
    _clients("yangu lianghua", "砚谷量化", crosses=True),
    _clients("yglh", "砚谷量化", crosses=True),
    _clients("gu ruoxi", "顾若溪", crosses=True),
    _clients("guruoxi", "顾若溪", crosses=True),
    _clients("luo siyuan", "骆思远", crosses=True),
    _clients("ctjz", "长汀家族办公室", crosses=True),
    _clients("zhuyu", "竹屿资产管理", "竹屿控股", "竹屿科技", crosses=True),
    _clients("bailuzhou", "白鹭洲矿业", "白鹭洲做市", crosses=True),
    _clients("taiyuan jijin", "苔原基金", crosses=True),
    _clients("sang chengze", "桑承泽", crosses=True),
    _clients("jdjj", "鲸岛基金", crosses=True),
    _clients("wen jiayan", "温嘉言", crosses=True),
    _clients("luming maoyi", "鹿鸣贸易", crosses=True),
)
TRADITIONAL = (
    _clients("硯谷量化", "砚谷量化", crosses=True),
    _clients("長汀", "长汀家族办公室", crosses=True),
    _clients("鯨島", "鲸岛基金", "鲸岛家族办公室", "鲸岛科技", crosses=True),
    _clients("顧若溪", "顾若溪", crosses=True),
    _clients("聽潮礦業", "听潮矿业", crosses=True),
    _talks("保證金率 設置提醒", "在哪里看保证金率和设置提醒", crosses=True),
    _talks("客戶晚宴", "客户晚宴", crosses=True),
    _tasks("發送借款協議", "发送借款协议", crosses=True),
)
TELEPHONES = (
    _clients("138 0000 3841", "砚谷量化"),
    _clients("07400 000260", "Copperline Quotes"),
    _clients("5100 6906", "Meridian Tide Capital"),
    _clients("06 00 00 07 21", "Thistle Viaduct Capital"),
    _clients("090-1000-5129", "Sandpiper Paddock Quant"),
    _clients("(11) 91000-0095", "Figueirol & Filhos"),
    _clients("0491 570 383", "Tamarind Harrow Holdings"),
)
UIDS = (
    _clients("685784200472704451", "Meridian Tide Capital"),
    _clients("029656709", "Obsidian Harbour Fund"),
    _clients("559324", "砚谷量化"),
    _clients("0xa49c3d", "Copperline Quotes"),
    _clients("okx 642596", "长汀家族办公室"),
    _clients("@gu_ruoxi_demo", "顾若溪"),
    _clients("wx_yangu", "砚谷量化"),
)
TIERS_AND_PLACES = (
    _clients("VIP4 香港", "云汀控股", crosses=True),
    _clients("VIP7 Singapore", "Obsidian Harbour Fund"),
    _clients("VIP7 新加坡", "Obsidian Harbour Fund", crosses=True),
    _clients("brazil vip6", "Iara Figueirol"),
    _clients("印尼 VIP5", "Dimas Prasetya", crosses=True),
    _clients("哈萨克斯坦 矿工", "Kilnhouse Hash Works", crosses=True),
    _clients("vip 7 switzerland", "Parallax Lattice Markets"),
    _clients("量化 VIP4 中国", "砚谷量化"),
)
CONVERSATIONS = (
    _talks("third outage order gateway", "Third outage of their order gateway"),
    _talks("taker fees half a basis point", "half a basis point below ours"),
    _talks("1,140 USD short", "1,140 USD short"),
    _talks("second contact at night", "second contact at night"),
    _talks("lawyer register extract", "Their lawyer is collecting the register extract"),
    _talks("test environment onboarding", "the test environment"),
    _talks("春节前后不联系", "再次确认春节前后不联系"),
    _talks("大额成交后等级能维持多久", "上月大额成交后等级能维持多久"),
    _talks("创始人申请提高每日提币额度", "创始人申请提高每日提币额度"),
    _talks("DOGE 下单被拒", "DOGE-USDT-SWAP 下单被拒"),
    _talks("both founders second venue", "they plan a second venue"),
)
GLOSSARY = (
    _talks("做市商 programme 3 pairs", "Terms of the market maker programme, 3 pairs", crosses=True),
    _talks("lawyer 注册证明", "Their lawyer is collecting the register extract", crosses=True),
    _tasks("travel plan 提交", "Hand in the travel plan", crosses=True),
    _tasks("缺少返佣 1,140", "Answer about the missing rebate of 1,140 USD", crosses=True),
    _clients("矿工 墨西哥 VIP3", "Gannet Weir Mining", crosses=True),
    _talks("爆仓", "automatic reduction", "自动减仓", crosses=True),
    _talks(
        "liquidation 自动减仓 DOGE",
        "automatic reduction of a position in DOGE",
        "DOGE-USDT-SWAP 的自动减仓",
        crosses=True,
    ),
    _talks("宕机 网关", "outage of their order gateway", "The order gateway answered slowly", crosses=True),
    _talks("返佣 少 1,140", "1,140 USD short", crosses=True),
    _talks("year-end dinner", "年底的客户晚宴", crosses=True),
    _talks("律师 文件", "Their lawyer is collecting", crosses=True),
    _talks("slippage OKB", "投诉 OKB-USDT 滑点", "slippage on OKB-USDT", crosses=True),
    _talks("减免 挂单 返佣 VIP5", "maker rebate of VIP5", "VIP5 的挂单返佣", crosses=True),
    _talks("限频 最忙", "rejected with a rate limit in the busiest hour", crosses=True),
    _talks("期权 到期 卖方 下单 小额", "Walked her through the options chain", "卖方保证金", crosses=True),
    _talks("portfolio margin 账本", "组合保证金", "portfolio margin", crosses=True),
    _talks("notarization 董事", "问是否必须公证", "notarised", crosses=True),
    _clients("做市商 UK", "Copperline Quotes", crosses=True),
    _clients("family office 台湾", "青岫家族办公室", crosses=True),
    _tasks("loan agreement 发送", "发送借款协议", "Send the loan agreement", crosses=True),
    _tasks("核对返佣 4,760", "Check the missing rebate of 4,760 USD", crosses=True),
    _tasks("事故报告", "Send the incident report", crosses=True),
    _tasks("季度回顾 Copperline", "Quarterly review with Copperline Quotes", crosses=True),
    _tasks("quarterly review 望舒", "季度回顾:望舒资本", crosses=True),
)
TASKS = (
    _tasks("travel plan", "Hand in the travel plan"),
    _tasks("missing rebate 1,140", "Answer about the missing rebate of 1,140 USD"),
    _tasks("incident report", "Send the incident report"),
    _tasks("review with saffron gable", "Quarterly review with Saffron Gable Family Office"),
)
ALL = (
    NAMES + TYPED_WRONG + PINYIN + TRADITIONAL + TELEPHONES + UIDS + TIERS_AND_PLACES + CONVERSATIONS + GLOSSARY + TASKS
)
