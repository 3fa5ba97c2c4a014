"""How a service desk names the way by which a ticket came."""

from crm.intake.layouts.amounts import chosen

CHANNELS = {
    **dict.fromkeys(("email", "mail", "e-mail"), "email"),
    **dict.fromkeys(("chat", "messaging", "native_messaging", "whatsapp", "facebook", "twitter", "sms"), "chat"),
    **dict.fromkeys(("phone", "voice", "phone call", "phone call (outbound)", "phone call (inbound)"), "call"),
    "telegram": "telegram",
    "wechat": "wechat",
}


def channel(via: str) -> str:
    """Ours; a form on the web, the portal and whatever else it may be is a ticket."""
    return f"coalesce({chosen(via, CHANNELS)}, 'ticket')"
