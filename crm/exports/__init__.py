"""Files out: every list that leaves goes through here, with permission, and is written down in the journal."""

from crm.exports.exporting import EXPORTS, export
from crm.exports.files import Layout, as_csv, as_json, as_xlsx
from crm.exports.journalled import download, record, write_file, write_to
from crm.exports.sheet import Sheet

__all__ = [
    "EXPORTS", "Layout", "Sheet", "as_csv", "as_json", "as_xlsx", "download", "export", "record", "write_file",
    "write_to",
]  # fmt: skip
