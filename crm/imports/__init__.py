"""Files in: read, understood, checked, previewed, applied, certified, and taken back."""

from crm.imports import held_rows
from crm.imports.applying import Certificate, Sum, apply, ask_to_apply, certificate_of, problems_of, refused_file
from crm.imports.batches import (
    FileColumn,
    arrive,
    columns_of,
    discard,
    get,
    layouts_of,
    note,
    recent,
    remap,
    stage,
    stage_table,
    tables_of,
)  # fmt: skip
from crm.imports.counts import Counts
from crm.imports.held_rows import HeldLine
from crm.imports.kinds import KINDS, Kind
from crm.imports.layouts import LAYOUTS
from crm.imports.mapping import NAMELESS
from crm.imports.models import Batch, BatchStatus, Lists, MappingProfile, Mode
from crm.imports.notes import is_certain, notes_of, recognised_by
from crm.imports.preview import Difference, Preview, PreviewLine, RowProblem, preview, remarks
from crm.imports.profiles import forget_mapping, keep_mapping, kept_mappings, profiles, rename_mapping
from crm.imports.samples import Conversion, conversions
from crm.imports.seen import seen_before
from crm.imports.taking_back import rows_of, undo
from crm.imports.understanding import Options, said_values

__all__ = [
    "KINDS", "LAYOUTS", "NAMELESS", "Batch", "BatchStatus", "Certificate", "Conversion", "Counts", "Difference", "FileColumn",
    "HeldLine", "Kind", "Lists", "MappingProfile", "Mode", "Options", "Preview", "PreviewLine", "RowProblem", "Sum", "apply", "arrive",
    "ask_to_apply", "certificate_of", "columns_of", "conversions", "discard", "forget_mapping", "get", "held_rows", "is_certain",
    "keep_mapping", "kept_mappings", "layouts_of", "note", "notes_of", "preview", "problems_of", "profiles", "recent", "recognised_by",
    "refused_file", "remap", "remarks", "rename_mapping", "rows_of", "said_values", "seen_before", "stage", "stage_table", "tables_of",
    "undo",
]  # fmt: skip
