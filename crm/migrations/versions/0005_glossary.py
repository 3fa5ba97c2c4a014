"""glossary: words of one meaning, with entries to begin with."""

import sqlalchemy as sa
from alembic import op

from crm.ground.keys import uuid7

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FIRST_ENTRIES = (
    ("爆仓", "强平", "强制平仓", "穿仓", "自动减仓", "liquidation", "liquidated", "automatic reduction", "ADL"),
    ("追保", "追加保证金", "补保证金", "margin call"),
    ("保证金", "margin"),
    ("维持保证金", "maintenance margin"),
    ("组合保证金", "portfolio margin", "PM"),
    ("抵押", "抵押品", "质押", "collateral"),
    ("返佣", "返利", "回扣", "rebate"),
    ("手续费", "费率", "fee", "fees"),
    ("吃单", "taker"),
    ("挂单", "maker"),
    ("做市商", "做市", "market maker", "market making"),
    ("滑点", "slippage"),
    ("宕机", "故障", "卡顿", "outage", "downtime", "answered slowly"),
    ("网关", "gateway"),
    ("限频", "限速", "频率限制", "rate limit", "order limit"),
    ("延迟", "latency"),
    ("提币", "提现", "出金", "withdrawal", "withdraw"),
    ("充值", "充币", "入金", "deposit"),
    ("地址", "address"),
    ("白名单", "whitelist", "allowlist", "address list"),
    ("大宗", "大宗交易", "block trade", "block trading", "OTC"),
    ("询价", "报价", "quote"),
    ("合约", "永续", "永续合约", "perpetual", "perp", "swap"),
    ("交割", "交割合约", "futures", "settlement"),
    ("现货", "spot"),
    ("期权", "options", "option"),
    ("杠杆", "leverage"),
    ("资金费率", "funding rate", "funding"),
    ("深度", "流动性", "depth", "liquidity"),
    ("借贷", "借款", "贷款", "loan"),
    ("协议", "合同", "agreement"),
    ("利率", "interest rate"),
    ("理财", "earn"),
    ("跟单", "copy trading"),
    ("子账户", "sub-account", "sub-accounts", "subaccount"),
    ("等级", "tier"),
    ("升级", "upgrade", "next tier"),
    ("风控", "risk control", "risk team"),
    ("合规", "compliance"),
    ("冻结", "frozen", "freeze"),
    ("实名", "认证", "身份认证", "KYC"),
    ("公证", "notarised", "notarized", "notarisation", "notarization"),
    ("律师", "lawyer"),
    ("注册证明", "register extract"),
    ("董事", "director"),
    ("股东", "shareholder"),
    ("投诉", "complaint", "complain"),
    ("回顾", "复盘", "review"),
    ("季度回顾", "quarterly review"),
    ("晚宴", "dinner"),
    ("年底", "年末", "year-end", "end of the year"),
    ("春节", "过年", "spring festival", "chinese new year"),
    ("邀请", "邀请函", "invitation", "invite"),
    ("会议", "峰会", "会场", "conference"),
    ("事故", "事件", "incident"),
    ("报告", "report"),
    ("核对", "核查", "check"),
    ("缺少", "少了", "missing", "short"),
    ("计划", "plan", "programme", "program"),
    ("出差", "差旅", "travel"),
    ("创始人", "founder"),
    ("基金", "fund"),
    ("量化", "quant", "quantitative", "systematic"),
    ("矿工", "矿业", "矿场", "算力", "miner", "mining", "hash works"),
    ("家族办公室", "家办", "family office"),
    ("巨鲸", "大户", "whale"),
    ("机构", "institution"),
    ("英国", "UK", "united kingdom", "britain"),
    ("美国", "USA", "US", "united states"),
    ("阿联酋", "UAE", "united arab emirates", "迪拜", "dubai"),
    ("印尼", "印度尼西亚", "indonesia"),
)


def upgrade() -> None:
    op.create_table(
        "glossary_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    entry = sa.table("glossary_entry", sa.column("id", sa.Uuid), sa.column("version"), sa.column("words", sa.JSON))
    rows = [{"id": uuid7(), "version": 1, "words": list(words)} for words in FIRST_ENTRIES]
    op.get_bind().execute(sa.insert(entry), rows)


def downgrade() -> None:
    raise NotImplementedError("Restore the backup that was made before the migration instead.")
