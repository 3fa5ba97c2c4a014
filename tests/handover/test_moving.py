"""A client goes to another book, and may come back."""

from crm import clients, db, handover, journal
from crm.people import DESK_ID
from tests.cast import Cast


def test_a_client_goes_to_another_book_and_its_past_is_kept(cast: Cast) -> None:
    with db.write(by=cast.nadia) as session:
        assert handover.reassign(session, cast.nadia, [cast.harbour.id, cast.lotus.id], to=cast.tomas.id) == 2
        assert handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id) == 0
    with db.write(by=cast.nadia) as session:
        part = clients.AssignmentRole.BACKUP
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.mei.id, part=part)
    with db.write(by=cast.nadia) as session:
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=DESK_ID, part=part)

    with db.read() as session:
        client = clients.get(session, cast.tomas, cast.harbour.id)
        held = clients.assignments_of(session, cast.tomas, client.id)
        assert journal.first_broken(session) is None
    assert (client.manager_id, client.backup_id) == (cast.tomas.id, None)
    assert [(h.person_id, h.part, h.until_at is None) for h in held] == [
        (cast.tomas.id, "primary", True),
        (cast.mei.id, "backup", False),
        (cast.mei.id, "primary", False),
    ]


def test_a_move_can_be_undone(cast: Cast) -> None:
    with db.write(by=cast.nadia, why="move") as session:
        handover.reassign(session, cast.nadia, [cast.harbour.id], to=cast.tomas.id)
    with db.read() as session:
        moved = journal.recent(session, limit=1)[0]

    with db.write(by=cast.nadia) as session:
        assert journal.undo(session, moved.id).conflicts == []

    with db.read() as session:
        assert clients.get(session, cast.mei, cast.harbour.id).manager_id == cast.mei.id
        assert len(clients.assignments_of(session, cast.mei, cast.harbour.id)) == 1
