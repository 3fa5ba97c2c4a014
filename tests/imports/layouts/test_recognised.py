"""No layout stands in the way of another: each is recognised by its own header."""

import crm.imports
from crm.intake import layouts

TWO_KINDS = {"Coinbase deposits and withdrawals": "balances"}  # one report holds trades as well, and they come first


def test_every_layout_is_recognised_by_its_own_header() -> None:
    assert crm.imports
    found = {name: layouts.recognised(one.header, TWO_KINDS.get(name)) for name, one in layouts.every().items()}

    assert {name: one and one.name for name, one in found.items()} == {name: name for name in found}
