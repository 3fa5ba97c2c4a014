"""VIP Desk: the CRM for people who look after the VIP clients of an exchange."""

from crm.ground import clock  # scripts about the desk ask it for the time, as the desk does

__all__ = ["clock"]
