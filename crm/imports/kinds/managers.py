"""Staff lists: who works here, in which team, in which languages."""

from crm.imports.kinds.kind import Column, Kind, Type

MANAGERS = Kind(
    "managers",
    "Managers",
    (
        Column("email", "E-mail", Type.EMAIL, ("email", "e mail", "email address", "邮箱")),
        Column("name", "Name", Type.TEXT, ("name", "full name", "姓名", "sales agent"), longest=120),
        Column(
            "role",
            "Role",
            Type.CHOICE,
            ("role", "角色", "职位"),
            {
                "manager": ("manager", "account manager", "vip manager", "客户经理"),
                "lead": ("lead", "team lead", "leader", "组长", "主管"),
                "admin": ("admin", "administrator", "管理员"),
            },
        ),
        Column("team", "Team", Type.TEXT, ("team", "group", "department", "团队", "部门"), longest=80),
        Column("languages", "Languages", Type.LIST, ("languages", "language", "语言")),
        Column("time_zone", "Time zone", Type.ZONE, ("time zone", "timezone", "时区")),
        Column("locale", "Screen language", Type.CHOICE, ("locale", "screen language"), {"en": ("en",), "zh": ("zh",)}),
    ),
    needs=(("email",),),
    erasable=("team", "languages"),
)
