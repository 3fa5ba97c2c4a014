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
    columns_of,
    discard,
    get,
    keep_mapping,
    layouts_of,
    notes_of,
    profiles,
    recent,
    remap,
    stage,
)  # fmt: skip
from crm.imports.kinds import KINDS, Kind
from crm.imports.layouts import LAYOUTS
from crm.imports.models import Batch, BatchStatus, MappingProfile, Mode
from crm.imports.preview import Counts, Difference, Preview, PreviewLine, RowProblem, preview
from crm.imports.understanding import Options

__all__ = [
    "KINDS", "LAYOUTS", "Batch", "BatchStatus", "Certificate", "Counts", "Difference", "FileColumn", "Kind", "MappingProfile",
    "Mode", "Options", "Preview", "PreviewLine", "RowProblem", "Sum", "apply", "ask_to_apply", "certificate_of",
    "columns_of", "discard", "get", "keep_mapping", "layouts_of", "notes_of", "preview", "problems_of", "profiles", "reading", "recent",
    "refused_file", "remap", "stage", "undo",
]  # fmt: skip
