"""Who may write clients and what hangs on them."""

from crm.journal import policies
from crm.journal.policies import Policy
from crm.people import Right

_CHANGING = (Right.CHANGE_CLIENTS, Right.IMPORT)
_GIVING = {"manager_id": Right.REASSIGN, "backup_id": Right.REASSIGN}

policies.register(Policy("client", (*_CHANGING, Right.REASSIGN), columns=_GIVING))
policies.register(Policy("past_assignment", (*_CHANGING, Right.REASSIGN)))
for _table in (
    "handle",
    "trading_account",
    "further_account",
    "merged_client",
    "not_duplicate",
    "attribute_definition",
):
    policies.register(Policy(_table, _CHANGING))
