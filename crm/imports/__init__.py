"""Files in: read, understood, checked, previewed, applied, certified, and taken back."""

from crm.imports import reading
from crm.imports.applying import (
    Certificate,
    Sum,
    apply,
    ask_to_apply,
    certificate_of,
    problems_of,
    refused_file,
    undo,
)  # fmt: skip
from crm.imports.batches import (
    FileColumn,
    Options,
    columns_of,
    discard,
    get,
    keep_mapping,
    notes_of,
    profiles,
    recent,
    remap,
    stage,
)  # fmt: skip
from crm.imports.kinds import KINDS, Kind
from crm.imports.models import Batch, BatchStatus, MappingProfile, Mode
from crm.imports.preview import Counts, Difference, Preview, PreviewLine, RowProblem, preview

__all__ = [
    "KINDS", "Batch", "BatchStatus", "Certificate", "Counts", "Difference", "FileColumn", "Kind", "MappingProfile",
    "Mode", "Options", "Preview", "PreviewLine", "RowProblem", "Sum", "apply", "ask_to_apply", "certificate_of",
    "columns_of", "discard", "get", "keep_mapping", "notes_of", "preview", "problems_of", "profiles", "reading", "recent",
    "refused_file", "remap", "stage", "undo",
]  # fmt: skip
