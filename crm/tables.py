"""Gathers every table, so that none is forgotten by create_all or a migration."""

from sqlmodel import SQLModel

import crm.clients.models
import crm.imports.models
import crm.interactions.models
import crm.jobs.models
import crm.journal.models
import crm.people.models
import crm.tasks.models
import crm.trading.models  # noqa: F401 -- imported for their tables

metadata = SQLModel.metadata
