"""VIP Desk: the CRM for people who look after the VIP clients of an exchange."""
