"""How files call a venue and the UID of an account at it."""

from crm.intake.kinds import Column, Type

UID_NAMES = (
    "uid",
    "user id",
    "userid",
    "customer id",
    "client id",
    "account id",
    "account number",
    "account no",
    "member id",
    "invitee uid",
    "客户编号",
    "用户id",
    "客户号",
    "客户id",
    "用户uid",
    "用户编号",
    "会员号",
    "编号",
    "账号",
    "帐号",
    "id",
)
VENUE_NAMES = ("venue", "exchange", "platform", "交易所", "平台")
# Of a person they name the account; of a fill they may as well name its wallet, or the fill itself.
WEAK_UID_NAMES = ("account", "wallet", "address", "trader")
ACCOUNT = (
    Column("venue", "Venue", Type.VENUE, VENUE_NAMES),
    Column("uid", "UID", Type.UID, (*UID_NAMES, *WEAK_UID_NAMES)),
)
