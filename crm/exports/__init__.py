"""Files out: every list that leaves goes through here, with permission, and is written down in the journal."""

from crm.exports.files import Layout, as_csv
from crm.exports.journalled import download, file_name, hand_out, write_file, write_to
from crm.exports.registry import EXPORTS, export, listed
from crm.exports.selection import Selection
from crm.exports.sheet import Sheet, streamed, types_of

__all__ = [
    "EXPORTS", "Layout", "Selection", "Sheet", "as_csv", "download", "export", "file_name", "hand_out", "listed", "streamed",
    "types_of", "write_file", "write_to",
]  # fmt: skip
