"""What people call things is registered by the nouns to which they belong."""

import crm.screens  # noqa: F401 -- the nouns have registered
from crm.journal import entities
from crm.web.kit import words


def test_whatever_the_journal_can_show_has_a_name() -> None:
    names = [entity.name for entity in entities.journalled()]

    assert [name for name in names if words.entity(name) == name] == []
