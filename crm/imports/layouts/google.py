"""Google contacts, in the layout of today and in the one before: several e-mails of one kind stand in one cell, with “:::”."""

from dataclasses import replace

from crm.intake.layouts import Layout, register

_WITHOUT_YEAR = "coalesce(starts_with(\"Birthday\", '--'), FALSE)"  # --03-04 is the 4th of March


def _each(column: str, field: str) -> dict[str, str]:
    """Up to four numbered columns, each with up to two values."""
    cells = [(n, f'"{column} {n} - Value"') for n in range(1, 5)]
    return {
        f"{field}{n}{part}": f"nullif(trim(split_part({cell}, ':::', {part})), '')"
        for n, cell in cells
        for part in (1, 2)
    }


def _tags(column: str) -> str:
    """Groups of one's own; “* myContacts” and the like are Google's."""
    own = f"regexp_replace({column}, '\\*\\s*[^:]*(:::|$)', '', 'g')"
    return f"nullif(trim(replace({own}, ':::', ';')), '')"


CONTACTS = Layout(
    "Google contacts",
    "clients",
    ("First Name", "Last Name", "Organization Name", "Labels", "E-mail 1 - Value"),
    columns={"first_name": "First Name", "last_name": "Last Name", "notes": "Notes"},
    worked_out={
        "name": 'CASE WHEN "First Name" IS NULL AND "Last Name" IS NULL THEN coalesce("File As", "Organization Name") END',
        **_each("E-mail", "email"),
        **_each("Phone", "phone"),
        "birthday": f'CASE WHEN NOT {_WITHOUT_YEAR} THEN "Birthday" END',
        "tags": _tags('"Labels"'),
    },
    kept_as={"Organization Name": "Company"},
    also_kept={"Birthday without year": f'CASE WHEN {_WITHOUT_YEAR} THEN "Birthday" END'},
)
OLDER = replace(
    CONTACTS,
    name="Google contacts (older layout)",
    header=("Name", "Given Name", "Family Name", "Group Membership", "E-mail 1 - Value"),
    columns={"notes": "Notes"},
    worked_out={
        "name": 'coalesce("Name", nullif(concat_ws(\' \', "Given Name", "Family Name"), \'\'), "Organization 1 - Name")',
        **_each("E-mail", "email"),
        **_each("Phone", "phone"),
        "birthday": f'CASE WHEN NOT {_WITHOUT_YEAR} THEN "Birthday" END',
        "tags": _tags('"Group Membership"'),
    },
    kept_as={"Organization 1 - Name": "Company"},
)

register(CONTACTS, OLDER)
