"""Deposits and withdrawals of venues: added up for each day of the exchange, only what is done, only dollars."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest
from sqlmodel import col, select

from crm import db
from crm.clients.models import Account
from crm.ground.errors import InvalidError
from crm.trading.models import Balance
from tests.cast import Cast
from tests.imports.bringing import bring_in

D10, D11 = date(2026, 3, 10), date(2026, 3, 11)


class Case(NamedTuple):
    """`uid`: of the file itself, or to be said; `expected`: day, deposits and withdrawals; `left_out`: rows that are neither."""

    text: str
    uid: str
    is_said: bool
    expected: list[tuple[date, int | None, int | None]]
    left_out: int


CASES = {
    "Kraken ledgers": Case(
        '"txid","refid","time","type","subtype","aclass","subclass","asset","wallet","amount","fee","balance"\n'
        '"","R1","2026-03-10 15:00:00","deposit","","currency","fiat","ZUSD","spot / main",500,0,""\n'
        '"L1","R1","2026-03-10 15:00:00","deposit","","currency","fiat","ZUSD","spot / main",500,0,500\n'
        '"L2","R2","2026-03-10 15:30:00","trade","tradespot","currency","fiat","ZUSD","spot / main",-100,0.2,400\n'
        '"L3","R3","2026-03-10 16:30:00","withdrawal","","currency","stable_coin","USDT","spot / main",-20,1,0\n'
        '"L4","R4","2026-03-10 16:30:00","deposit","","currency","crypto","XXBT","spot / main",1,0,1\n',
        "41",
        True,
        [(D10, 500, None), (D11, None, 20)],
        3,
    ),
    "Coinbase Pro account statement": Case(
        "portfolio,type,time,amount,balance,amount/balance unit,transfer id,trade id,order id\n"
        "default,deposit,2026-03-10T15:00:00.000Z,500,500,USD,t1,,\n"
        "default,match,2026-03-10T15:10:00.000Z,-100,400,USD,,7,o1\n"
        "default,withdrawal,2026-03-10T16:30:00.000Z,-20,380,USDC,t2,,\n",
        "42",
        True,
        [(D10, 500, None), (D11, None, 20)],
        1,
    ),
    "KuCoin deposits": Case(
        "UID,Account Type,Time(UTC+08:00),Coin,Amount,Fee,Hash,Deposit Address,Transfer Network,Status,Remarks\n"
        "43,m,2026-03-10 23:59:00,USDT,500,0,h,a,TRX,SUCCESS,Deposit\n43,m,2026-03-10 23:59:00,USDT,7,0,h,a,TRX,FAILURE,Deposit\n",
        "43",
        False,
        [(D10, 500, None)],
        1,
    ),
    "KuCoin withdrawals": Case(
        "UID,Account Type,Time(UTC),Coin,Amount,Fee,Withdrawal Address/Account,Transfer Network,Status,Remarks\n"
        "44,m,2026-03-10 16:00:00,USDT,20,1,a,TRX,SUCCESS,\n",
        "44",
        False,
        [(D11, None, 20)],
        0,
    ),
    "KuCoin account history": Case(
        "UID,Account Type,Currency,Side,Amount,Fee,Time(UTC+08:00),Remark,Type\n"
        "45,m,USDT,Deposit,500,0,2026-03-10 23:00:00,Deposit,\n45,m,USDT,Withdrawal,100,0.1,2026-03-10 23:00:00,Spot,\n"
        "45,m,USDT,Withdrawal,20,0.1,2026-03-11 01:00:00,Withdrawal,\n",
        "45",
        False,
        [(D10, 500, None), (D11, None, 20)],
        1,
    ),
    "Bitget spot transactions": Case(
        "order;Date;Coin;Type;Amount;Fee;Available\n\t1258113040865390595;2026-03-10 10:00:00;USDT;Deposit;500;0;500\n"
        "\t1258113040865390596;2026-03-10 11:00:00;BTC;Buy;0.1;0;0.1\n\t1258113040865390597;2026-03-10 17:00:00;USDT;Withdraw;-20;0;0\n",
        "46",
        True,
        [(D10, 500, None), (D11, None, 20)],
        1,
    ),
    "MEXC deposits": Case(
        "UID,Status,Time,Crypto,Network,Deposit Amount,TxID,Progress\n"
        "47,Credited Successfully,2026-03-10 10:00:00,USDT,TRX,500,h,(1/1)\n47,Pending,2026-03-10 10:00:00,USDT,TRX,9,h,(0/1)\n",
        "47",
        False,
        [(D10, 500, None)],
        1,
    ),
    "MEXC withdrawals": Case(
        "UID,Status,Time,Crypto,Network,Request Amount,Withdrawal Address,memo,TxID,Trading Fee,Settlement Amount,Withdrawal Descriptions\n"
        "48,Withdrawal Successful,2026-03-10 10:00:00,USDT,TRX,20,a,,h,1,19,\n",
        "48",
        False,
        [(D10, None, 20)],
        0,
    ),
    "Gate account bills": Case(
        "no,time,action_desc,action_data,type,change_amount,amount,total\n"
        "1,2026-03-10 10:00:00,Deposits,d1,USDT,500,500,500\n2,2026-03-10 10:10:00,Order Placed,o1,USDT,-100,400,400\n"
        "3,2026-03-10 17:00:00,Withdrawals,w1,USDT,-20,380,380\n",
        "49",
        True,
        [(D10, 500, None), (D11, None, 20)],
        1,
    ),
}
COINBASE = (
    "ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,"
    "Total (inclusive of fees and/or spread),Fees and/or Spread,Notes\n"
    "a1,2026-03-10 15:00:00 UTC,Deposit,USD,500,USD,$1.00,$500.00,$500.00,$0.00,\n"
    "a2,2026-03-10 16:30:00 UTC,Send,BTC,-0.1,USD,$50000.00,-$20.00,-$20.00,$0.00,\n"
    "a3,2026-03-10 16:30:00 UTC,Buy,BTC,0.1,USD,$50000.00,$5000.00,$5000.00,$0.00,\n"
)


def test_deposits_and_withdrawals_are_added_up_for_each_day(cast_on_duckdb: Cast) -> None:
    found = {}
    for name, case in CASES.items():
        done = bring_in(cast_on_duckdb.nadia, None, case.text, **({"uid": case.uid} if case.is_said else {}))
        found[name] = (done.batch.mapping["layout"], _days(case.uid), done.counts.refused)

    assert found == {name: (name, case.expected, case.left_out) for name, case in CASES.items()}


def test_a_report_of_coinbase_holds_deposits_as_well_for_whoever_asks_for_balances(cast_on_duckdb: Cast) -> None:
    done = bring_in(cast_on_duckdb.nadia, "balances", COINBASE, uid="51")

    assert (done.batch.mapping["layout"], done.counts.refused) == ("Coinbase deposits and withdrawals", 1)
    assert _days("51") == [(D10, 500, None), (D11, None, 20)]


@pytest.mark.parametrize(
    "header",
    [
        (
            "UID,Account Type,Symbol,Close Type,Realized PNL,Total Realized PNL,Total Funding Fees,Total Trading Fees,"
            "Position Opening Time(UTC+08:00),Position Closing Time(UTC+08:00)"
        ),
        "Order,Date,Coin,Futures,Margin Mode,Type,Amount,Fee,Wallet balance",
    ],
)
def test_a_list_that_does_not_say_how_much_was_traded_is_told_so(cast_on_duckdb: Cast, header: str) -> None:
    text = f"{header}\n{','.join('1' for _ in header.split(','))}\n"

    with pytest.raises(InvalidError, match="does not say how much was traded"):
        bring_in(cast_on_duckdb.nadia, None, text)


def _days(uid: str) -> list[tuple[date, Decimal | None, Decimal | None]]:
    with db.read() as session:
        query = select(Balance).join(Account, col(Account.number) == col(Balance.number)).where(Account.uid == uid)
        return [
            (one.day, one.deposits_usd, one.withdrawals_usd) for one in session.exec(query.order_by(col(Balance.day)))
        ]
