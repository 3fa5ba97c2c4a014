"""What an undo asks of an import, how far it goes, and what its certificate then says."""

from crm import history
from crm.imports import taking_back

history.guard(taking_back.check)
history.choice(taking_back.rows_to_go)
history.consequence(taking_back.note)
