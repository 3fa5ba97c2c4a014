"""What people call imports and kept mappings."""

from crm.web.kit import words

words.register(
    entities={"batch": "Import", "mapping_profile": "Kept mapping"},
    fields={
        "counts": "Counts",
        "mode": "Mode",
        "mapping": "Mapping",
        "file_name": "File",
        "applied_at": "Applied",
    },
)
