"""Who may write what was said; a merge of clients moves it, too."""

from crm.journal import policies
from crm.journal.policies import Policy
from crm.people import Right

policies.register(Policy("interaction", (Right.LOG, Right.IMPORT, Right.CHANGE_CLIENTS)))
