"""Names of columns that stand on several lines: groups above, units below, in one line of the table."""

from pathlib import Path

import pytest

from tests.reading.lists import read_one

PEOPLE = "81,Ana,a@example.org,+49 30 5550101\n82,Bo,b@example.org,+49 30 5550102\n"
HEADERS = {
    "a group over the last two": (
        f"UID,Name,Contact,\n,,Email,Phone\n{PEOPLE}",
        ["UID", "Name", "Contact Email", "Contact Phone"],
    ),
    "few groups over many columns": (
        f",,Contact,\nUID,Name,Email,Phone\n{PEOPLE}",
        ["UID", "Name", "Contact Email", "Contact Phone"],
    ),
    "three lines": (
        (
            "Client,,Contact,,,\n,,Direct,,Office,\nUID,Name,Email,Phone,Email,Phone\n"
            "81,Ana,a@example.org,+49 30 5550101,c@example.org,+49 30 5550103\n"
            "82,Bo,b@example.org,+49 30 5550102,d@example.org,+49 30 5550104\n"
        ),
        [
            "Client UID",
            "Client Name",
            "Contact Direct Email",
            "Contact Direct Phone",
            "Contact Office Email",
            "Contact Office Phone",
        ],
    ),
    "nothing but words below": (
        "Client,,Profile,\nName,Tier,City,Country\nAna,VIP1,Ulm,DE\nBo,VIP2,Lyon,FR\n",
        ["Client Name", "Client Tier", "Profile City", "Profile Country"],
    ),
    "units without brackets": (
        "UID,Day,Volume,Fees\n,,USD,USD\n81,2026-01-02,5.5,1\n82,2026-01-03,6.5,1\n",
        ["UID", "Day", "Volume USD", "Fees USD"],
    ),
    "a title above": (
        f"Our clients,,,\nUID,Name,Email,Phone\n{PEOPLE}",
        ["UID", "Name", "Email", "Phone"],
    ),
    "what the file says of itself above": (
        f"UID:81,Zone:UTC+3,By:Mei\nUID,Name,Email,Phone\n{PEOPLE}",
        ["UID", "Name", "Email", "Phone"],
    ),
    "a title in brackets below": (
        "UID,Name,Email,Phone\n[Asia],,,\n" + PEOPLE,
        ["UID", "Name", "Email", "Phone"],
    ),
}


@pytest.mark.parametrize("what", HEADERS)
def test_lines_of_a_header_become_one(tmp_path: Path, what: str) -> None:
    content, header = HEADERS[what]

    table = read_one(tmp_path, content.encode())

    assert table.header == header
    assert list(table.rows())[-2:] == [line.split(",") for line in content.splitlines()[-2:]]
