"""Files out: every list that leaves goes through here, with permission, and is written down in the journal."""

from crm.exports.files import Layout, as_csv, as_json, as_xlsx
from crm.exports.journalled import download, hand_out, record, write_file, write_to
from crm.exports.parquet import as_parquet
from crm.exports.registry import EXPORTS, export, listed
from crm.exports.selection import Selection
from crm.exports.sheet import Sheet, streamed, types_of

__all__ = [
    "EXPORTS",
    "Layout",
    "Selection",
    "Sheet",
    "as_csv",
    "as_json",
    "as_parquet",
    "as_xlsx",
    "download",
    "export",
    "hand_out",
    "listed",
    "record",
    "streamed",
    "types_of",
    "write_file",
    "write_to",
]  # fmt: skip
