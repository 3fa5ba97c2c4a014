"""After an undo over facts or accounts, their days and profiles are computed anew."""

from crm import history, journal
from crm.db.sessions import WriteSession
from crm.history import TakenBack
from crm.people import Person
from crm.trading import rollup

FACT_TABLES = {"fill", "daily_activity", "balance", "further_account"}


@history.consequence
def derive_again(session: WriteSession, _by: Person, taken: TakenBack) -> None:
    made = taken.undone.change_set_id
    if made and FACT_TABLES.intersection(journal.touched(session, taken.change_set_id)):
        rollup.retouch(session, undo=made, undone=taken.change_set_id)
