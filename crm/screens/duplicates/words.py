"""What people call the answer that two records are no duplicates."""

from crm.web.kit import words

words.register(
    entities={"not_duplicate": "No duplicates"},
    fields={
        "first_id": "One",
        "second_id": "The other",
        "said_by": "Said by",
        "said_at": "Said at",
    },
)
