"""Who may write facts of trading and the rules of tiers, of which some come with the program."""

from crm.journal import policies
from crm.journal.policies import Policy, Setup
from crm.people import Right

for _facts in ("fill", "daily_activity", "balance"):
    policies.register(Policy(_facts, (Right.IMPORT,)))
policies.register(Policy("tier_policy", (Right.SETTINGS,), setup=Setup.ADDS))
