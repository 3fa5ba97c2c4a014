"""Every page, under which name and in which part of the menu it stands, and who sees it."""

from dataclasses import dataclass
from pathlib import Path

from crm.people import Person, Right, may

PAGES = Path(__file__).parents[3] / "pages"


@dataclass(frozen=True)
class Entry:
    """One page: its file without the ending, the English title, an icon, and the right that shows it (None: all)."""

    file: str
    title: str
    icon: str
    part: str
    right: Right | None = None
    in_menu: bool = True

    @property
    def path(self) -> Path:
        return PAGES / f"{self.file}.py"


ENTRIES = (
    Entry("my_day", "My day", ":material/today:", "Work", Right.LOG),
    Entry("log", "Log", ":material/edit_note:", "Work", Right.LOG),
    Entry("clients", "Clients", ":material/group:", "Work", Right.LOG),
    Entry("client", "Client", ":material/person:", "Work", Right.LOG, in_menu=False),
    Entry("tasks", "Tasks", ":material/task_alt:", "Work", Right.PLAN),
    Entry("imports", "Imports", ":material/upload_file:", "Work"),
    Entry("review", "Review", ":material/rule:", "Work", Right.REASSIGN),
    Entry("duplicates", "Duplicates", ":material/join_inner:", "Work", Right.CHANGE_CLIENTS),
    Entry("leadership", "Leadership", ":material/monitoring:", "Lead", Right.DASHBOARD),
    Entry("journal", "Journal", ":material/history:", "Work"),
    Entry("people", "People", ":material/manage_accounts:", "Account", Right.ACCOUNTS),
    Entry("profile", "My profile", ":material/account_circle:", "Account"),
)


def visible_to(person: Person) -> list[Entry]:
    """The pages that are there and that this person may open."""
    return [entry for entry in ENTRIES if entry.path.exists() and (entry.right is None or may(person, entry.right))]
