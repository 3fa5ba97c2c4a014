"""Files in: read, understood, checked, previewed, applied, certified, and taken back."""

import crm.imports.layouts  # noqa: F401 -- they register what venues and other programs write
from crm.imports import held_rows
from crm.imports.applied_before import seen_before
from crm.imports.applying import apply, ask_to_apply
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
)
from crm.imports.certificate import Certificate, Sum, certificate_of, problems_of
from crm.imports.counts import Counts
from crm.imports.held_rows import HeldLine
from crm.imports.models import Batch, BatchStatus, MappingProfile
from crm.imports.notes import guesses_of, is_certain, notes_of, recognised_by
from crm.imports.outcomes import RowProblem
from crm.imports.preview import Preview, PreviewLine, preview, remarks
from crm.imports.profiles import forget_mapping, keep_mapping, kept_mappings, profiles, rename_mapping
from crm.imports.refused import refused_file
from crm.imports.reverting import rows_of, undo
from crm.imports.samples import Conversion, conversions
from crm.imports.understanding import Options, answers_of, values_of

__all__ = [
    "Batch", "BatchStatus", "Certificate", "Conversion", "Counts", "FileColumn", "HeldLine", "MappingProfile", "Options", "Preview",
    "PreviewLine", "RowProblem", "Sum", "answers_of", "apply", "arrive", "ask_to_apply", "certificate_of", "columns_of", "conversions",
    "discard", "forget_mapping", "get", "guesses_of", "held_rows", "is_certain", "keep_mapping", "kept_mappings", "layouts_of", "note",
    "notes_of", "preview", "problems_of", "profiles", "recent", "recognised_by", "refused_file", "remap", "remarks", "rename_mapping",
    "rows_of", "seen_before", "stage", "stage_table", "tables_of", "undo", "values_of",
]  # fmt: skip
