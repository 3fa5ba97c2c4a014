"""Who may write the glossary."""

from crm.journal import policies
from crm.journal.policies import Policy
from crm.people import Right

policies.register(Policy("glossary_entry", (Right.GLOSSARY,)))
