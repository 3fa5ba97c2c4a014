"""Who may write tasks: whoever plans them, and whoever logs, imports, merges or moves what they hang on."""

from crm.journal import policies
from crm.journal.policies import Policy
from crm.people import Right

policies.register(Policy("task", (Right.PLAN, Right.LOG, Right.IMPORT, Right.CHANGE_CLIENTS, Right.REASSIGN)))
