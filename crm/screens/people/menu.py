"""Where people stand in the menu, and one's own profile."""

from crm.people import Right
from crm.web.frame import menu
from crm.web.frame.menu import Entry, Part

menu.register(
    Entry("people", "People", ":material/manage_accounts:", Part.ACCOUNT, 10, Right.ACCOUNTS),
    Entry("sign_ins", "Sign-ins", ":material/shield_person:", Part.ACCOUNT, 15, Right.SIGN_INS),
    Entry("profile", "My profile", ":material/account_circle:", Part.ACCOUNT, 20),
)
