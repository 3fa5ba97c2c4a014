"""What lists call the kinds of clients, where they stand, and how risky they are."""

KINDS = {
    "person": (
        "person",
        "individual",
        "retail",
        "personal",
        "natural person",
        "个人",
        "个人客户",
        "个人用户",
        "自然人",
    ),
    "institution": (
        "institution",
        "institutional",
        "company",
        "corporate",
        "business",
        "organisation",
        "organization",
        "entity",
        "机构",
        "机构客户",
        "企业",
        "企业客户",
        "公司",
        "公司客户",
    ),
}
STATUSES = {
    "prospect": ("prospect", "lead", "potential", "new", "潜在", "潜在客户", "意向", "意向客户"),
    "active": ("active", "enabled", "normal", "open", "customer", "client", "活跃", "活跃客户", "正常", "启用"),
    "dormant": ("dormant", "inactive", "idle", "suspended", "休眠", "休眠客户", "沉睡", "沉睡客户", "不活跃", "停用"),
    "closed": (
        "closed",
        "deleted",
        "terminated",
        "churned",
        "lost",
        "关闭",
        "已关闭",
        "销户",
        "已销户",
        "注销",
        "已注销",
        "流失",
        "已流失",
    ),
}
RISKS = {
    "low": ("low", "low risk", "低", "低风险"),
    "medium": ("medium", "medium risk", "moderate", "normal", "中", "中等", "中风险", "中等风险"),
    "high": ("high", "high risk", "高", "高风险"),
}
