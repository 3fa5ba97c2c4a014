"""The parts that pages are made of."""

from crm.web.drafts import Draft
from crm.web.parts.figures import figure, metric
from crm.web.parts.forms import address, draft, person_picker
from crm.web.parts.messages import plain, said, say, show, showing_errors, taken_back
from crm.web.parts.tables import PER_PAGE, Page, frame, page_of, paged

__all__ = [
    "PER_PAGE", "Draft", "Page", "address", "draft", "figure", "frame", "metric", "page_of", "paged", "person_picker",
    "plain", "said", "say", "show", "showing_errors", "taken_back",
]  # fmt: skip
