"""What people call clients and what hangs on them."""

from crm.web.kit import words

words.register(
    entities={
        "client": "Client", "handle": "Contact", "past_assignment": "Assignment", "trading_account": "Account number",
        "further_account": "Further account", "merged_client": "Merged client",
        "attribute_definition": "Field of clients",
    },
    rows={
        "handle": "Contacts", "further_account": "Further accounts", "merged_client": "Merged before",
    },
    fields={
        "name": "Name", "venue": "Venue", "uid": "UID", "kind": "Kind", "status": "Status", "tier": "Tier",
        "kyc_level": "KYC level", "kyc_expires_on": "KYC expires", "risk": "Risk", "country": "Country",
        "language": "Language", "time_zone": "Time zone", "birthday": "Birthday", "source": "Came through",
        "notes": "Notes", "tags": "Tags", "attributes": "More fields", "joined_on": "Client since",
        "manager_id": "Manager", "backup_id": "Backup", "closed_at": "Closed", "value": "Contact", "label": "Label",
        "is_verified": "Verified", "client_id": "Client", "from_at": "From", "until_at": "Until", "part": "Part",
        "type": "Type", "merged_at": "Merged at",
    },
    values={
        "person": "Person", "institution": "Institution", "prospect": "Prospect", "active": "Active",
        "dormant": "Dormant", "closed": "Closed", "medium": "Medium", "primary": "Manager", "backup": "Backup",
        "merged": "Manager of a merged record", "email": "E-mail", "phone": "Phone", "telegram": "Telegram",
        "wechat": "WeChat", "whatsapp": "WhatsApp", "x": "X", "discord": "Discord", "line": "LINE",
    },
)  # fmt: skip
