"""Who may write kept mappings; one of a staff list is kept by whoever keeps the accounts."""

from crm.journal import policies
from crm.journal.policies import Policy
from crm.people import Right

policies.register(Policy("mapping_profile", (Right.IMPORT, Right.ACCOUNTS)))
