"""HTX (Huobi until 2023): spot trades in English and in Chinese. The coin of a fee stands behind its amount; a fee is a cost."""

from dataclasses import replace

from crm.imports.layouts.priced import REMARKS, SIDES, trade
from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import chosen, coin, size


def _traded(pair: str, side: str, amount: str, total: str, fee: str) -> dict[str, str]:
    return trade(
        pair=pair,
        moved=size(amount),
        total=size(total),
        pays=(size(fee), coin(fee)),
    ) | {"side": chosen(side, SIDES)}


TRADES = Layout(
    "HTX spot trades",
    "trades",
    ("Time", "Type", "Pair", "Side", "Price", "Amount", "Total", "Fee"),
    # Others call their columns so as well, but not these eight alone.
    without=("UID", "Venue", "Exchange", "Trade ID", "Order ID", "Fee Coin", "Fee Currency", "Role"),
    venue="HTX",
    constants={"product": "spot"},
    columns={"traded_at": "Time"},
    worked_out=_traded('"Pair"', '"Side"', '"Amount"', '"Total"', '"Fee"'),
    remarks=REMARKS,
)
TRADES_ZH = replace(
    TRADES,
    name="HTX spot trades (Chinese)",
    header=("时间", "交易类型", "交易对", "方向", "价格", "数量", "成交额", "手续费"),
    without=("UID", "交易所", "成交编号", "订单编号", "手续费币种"),
    columns={"traded_at": "时间"},
    worked_out=_traded('"交易对"', '"方向"', '"数量"', '"成交额"', '"手续费"'),
)

register(TRADES, TRADES_ZH)
