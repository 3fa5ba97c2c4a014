"""CoinEx: the clients whom an affiliate brought. Amounts are those of all time, times are milliseconds."""

from crm.intake.layouts import Layout, register
from crm.intake.layouts.amounts import day

REFEREES = Layout(
    "CoinEx referees",
    "clients",
    ("uid", "account_name", "registered_at", "total_deal_value", "total_deal_fee"),
    venue="CoinEx",
    columns={"uid": "uid", "name": "account_name", "source": "refer_code"},
    worked_out={
        "joined_on": day('"registered_at"'),
        "tier": "CASE WHEN regexp_matches(\"vip_level\", '^[1-9]$') THEN 'VIP' || \"vip_level\" END",
    },
    also_kept={
        "Bound on": day('"bound_at"'),
        "First deposit": day('"first_deposit_time"'),
        "First trade": day('"first_deal_time"'),
    },
    kept_as={
        "total_deal_value": "Volume in all (USD)",
        "total_spot_value": "Spot volume in all (USD)",
        "total_futures_value": "Futures volume in all (USD)",
        "total_deal_fee": "Fees in all (USD)",
        "total_deposit_value": "Deposits in all (USD)",
        "total_deal_rebate_usdt": "Rebate in all (USDT)",
        "vip_level": "VIP level at CoinEx",
    },
    says="Amounts are those of all time; they are kept apart from volume of 30 days.",
)

register(REFEREES)
