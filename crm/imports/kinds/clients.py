"""Client lists: from Excel, an exchange's affiliate export, another CRM."""

from crm.imports.kinds.kind import Column, Kind, Type

UID_NAMES = (
    "uid", "user id", "userid", "customer id", "client id", "account id", "account number", "account no", "member id",
    "invitee uid", "客户编号", "用户id", "客户号", "客户id", "用户uid", "用户编号", "会员号", "编号", "账号", "id",
)
VENUE_NAMES = ("venue", "exchange", "platform", "交易所", "平台")
KINDS = {
    "person": ("person", "individual", "retail", "personal", "natural person", "个人", "自然人"),
    "institution": ("institution", "institutional", "company", "corporate", "business", "organisation", "organization",
                    "entity", "机构", "企业", "公司"),
}
STATUSES = {
    "prospect": ("prospect", "lead", "potential", "new", "潜在", "意向"),
    "active": ("active", "enabled", "normal", "open", "customer", "client", "活跃", "正常", "启用"),
    "dormant": ("dormant", "inactive", "idle", "suspended", "休眠", "不活跃", "停用"),
    "closed": ("closed", "deleted", "terminated", "churned", "lost", "关闭", "已关闭", "销户", "流失"),
}
RISKS = {"low": ("low", "低"), "medium": ("medium", "moderate", "normal", "中"), "high": ("high", "高")}

CLIENTS = Kind(
    "clients",
    "Clients",
    (
        Column("venue", "Venue", Type.VENUE, VENUE_NAMES),
        Column("uid", "UID", Type.UID, UID_NAMES),
        Column("name", "Name", Type.TEXT, (
            "name", "client", "client name", "customer", "customer name", "account name", "account", "full name", "display name",
            "company name", "客户名", "客户名称", "姓名", "名称", "客户", "客户姓名", "用户名",
        ), longest=300),
        Column("first_name", "First name", Type.TEXT, ("first name", "given name", "firstname", "名"), longest=150),
        Column("last_name", "Last name", Type.TEXT, ("last name", "surname", "family name", "lastname", "姓"), longest=150),
        Column("kind", "Kind", Type.CHOICE, ("kind", "client type", "customer type", "account type", "type", "客户类型", "类型"), KINDS),
        Column("status", "Status", Type.CHOICE, ("status", "client status", "account status", "状态", "客户状态"), STATUSES),
        Column("tier", "Tier", Type.TEXT, (
            "tier", "vip level", "vip tier", "vip", "fee tier", "level", "fee tier rank", "vip等级", "等级", "客户等级", "会员等级",
        ), longest=40),
        Column("kyc_level", "KYC level", Type.TEXT, ("kyc level", "kyc", "kyc status", "verification level", "认证等级", "kyc等级"), longest=40),
        Column("kyc_expires_on", "KYC expires", Type.DAY, ("kyc expires on", "kyc expiry", "kyc expires", "kyc到期", "认证到期日")),
        Column("risk", "Risk", Type.CHOICE, ("risk", "risk level", "risk rating", "风险", "风险等级"), RISKS),
        Column("country", "Country", Type.COUNTRY, (
            "country", "region", "nationality", "country code", "billing country", "国家", "国籍", "地区", "国家地区", "区域",
        )),
        Column("language", "Language", Type.LANGUAGE, ("language", "preferred language", "locale", "语言")),
        Column("time_zone", "Time zone", Type.ZONE, ("time zone", "timezone", "tz", "时区")),
        Column("birthday", "Birthday", Type.DAY, ("birthday", "date of birth", "birth date", "dob", "生日", "出生日期")),
        Column("source", "Source", Type.TEXT, ("source", "lead source", "channel", "channel name", "来源", "渠道"), longest=120),
        Column("notes", "Notes", Type.TEXT, ("notes", "note", "description", "comment", "comments", "remark", "remarks", "background",
                                            "备注", "说明", "描述"), longest=1_000_000),
        Column("tags", "Tags", Type.LIST, ("tags", "tag", "labels", "标签")),
        Column("joined_on", "Joined", Type.DAY, (
            "joined on", "joined", "join time", "registered at", "registration date", "signup date", "subscription date", "customer since",
            "created", "created date", "createddate", "注册时间", "注册日期", "加入时间", "开户日期",
        )),
        Column("email", "E-mail", Type.EMAIL, ("email", "e mail", "email address", "mail", "邮箱", "电子邮箱", "电子邮件"), many=True),
        Column("phone", "Phone", Type.PHONE, (
            "phone", "phone number", "telephone", "tel", "mobile", "mobile phone", "cell", "电话", "手机", "手机号", "联系电话",
        ), many=True),
        Column("telegram", "Telegram", Type.HANDLE, ("telegram", "tg", "telegram handle", "电报"), many=True),
        Column("wechat", "WeChat", Type.HANDLE, ("wechat", "weixin", "wechat id", "微信", "微信号"), many=True),
        Column("whatsapp", "WhatsApp", Type.HANDLE, ("whatsapp",), many=True),
        Column("x", "X", Type.HANDLE, ("x", "twitter", "x handle", "twitter handle", "推特"), many=True),
        Column("discord", "Discord", Type.HANDLE, ("discord",), many=True),
        Column("line", "LINE", Type.HANDLE, ("line", "line id"), many=True),
        Column("manager", "Manager", Type.PERSON, ("manager", "account manager", "vip manager", "owner", "客户经理", "经理", "负责人")),
        Column("backup", "Backup", Type.PERSON, ("backup", "backup manager", "deputy", "备岗", "备份经理")),
    ),
    needs=(("uid", "name", "first_name", "last_name", "email"),),
    keeps_rest=True,
)
