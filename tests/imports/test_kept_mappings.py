"""A kept mapping tells how columns are read, and never what a colleague's import does to clients."""

from dataclasses import replace

import pytest

from crm import clients, db, imports
from crm.ground.errors import NotAllowedError
from crm.imports import Options
from crm.imports.models import MappingProfile
from crm.intake import Lists
from crm.intake.mapping import Mapping
from crm.people import Person
from tests.cast import Cast
from tests.imports.bringing import bring_in

HEADER = "uid,name,tags,remark\n"


def keep(by: Person, name: str = "Weekly") -> MappingProfile:
    """Of a file that gives all its rows to whoever keeps it, at the highest tier, and replaces and erases."""
    options = Options(
        manager=by.email, values={"tier": "VIP8"}, lists=Lists.REPLACE, erasing=("tags",), time_zone="Asia/Tokyo"
    )
    with db.write(by=by) as session:
        batch = imports.stage(session, by, "clients", "trap.csv", (HEADER + "71,Trap,a,b\n").encode(), options)
        return imports.keep_mapping(session, by, batch.id, name)


def arrived(by: Person) -> tuple[Mapping, list[str]]:
    with db.write(by=by) as session:
        batch = imports.stage(session, by, "clients", "mine.csv", (HEADER + "72,Cedar,a,b\n").encode())
    with db.read() as session:
        return Mapping.of(batch.mapping), [str(note) for note in imports.recognised_by(session, by, batch.id)]


def test_a_colleagues_mapping_gives_nobody_their_clients(cast: Cast) -> None:
    keep(cast.mei)
    bring_in(cast.tomas, "clients", HEADER + "72,Cedar,a,b\n")

    with db.read() as session:
        book = {found.name: found for found in clients.book_of(session, cast.tomas)}
    assert book["Cedar"].manager_id == cast.tomas.id
    assert book["Cedar"].tier is None


def test_what_was_kept_before_is_read_the_same_way(cast: Cast) -> None:
    profile = keep(cast.mei)
    with db.write(by=cast.mei) as session:
        old = replace(
            Mapping.of(profile.mapping), constants={"manager": cast.mei.email}, lists=Lists.REPLACE, erasing=("tags",)
        )
        session.get_one(MappingProfile, profile.id).mapping = old.plain()

    mapping, _ = arrived(cast.tomas)

    assert (mapping.constants, mapping.lists, list(mapping.erasing)) == ({}, Lists.APPEND, [])
    assert (mapping.profile, mapping.time_zone) == ("Weekly", "Asia/Tokyo")


def test_whoever_imports_reads_who_kept_the_mapping(cast: Cast) -> None:
    profile = keep(cast.mei)
    with db.write(by=cast.nadia) as session:
        imports.rename_mapping(session, cast.nadia, profile.id, version=1, name="Monthly")

    _, said = arrived(cast.tomas)

    assert "The columns are read as Mei Lin kept them under “Monthly”; it was changed last by Nadia Haddad." in said


def test_only_who_kept_it_and_leads_change_it(cast: Cast) -> None:
    profile = keep(cast.mei)

    with pytest.raises(NotAllowedError, match="A colleague kept the mapping “Weekly”"):
        keep(cast.tomas)
    for act in (
        lambda session: imports.forget_mapping(session, cast.tomas, profile.id),
        lambda session: imports.rename_mapping(session, cast.tomas, profile.id, version=1, name="Mine"),
    ):
        with pytest.raises(NotAllowedError), db.write(by=cast.tomas) as session:
            act(session)
    with db.write(by=cast.nadia) as session:
        imports.forget_mapping(session, cast.nadia, profile.id)
