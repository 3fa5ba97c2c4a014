"""What a workbook shows is what is meant: zeros of a code, prefixes, currencies and units that only the format adds."""

from pathlib import Path

import xlsxwriter

from crm.reading import read
from crm.reading.number_formats import format_of

SHOWN = [
    ("00000000", 451277, "00451277"),
    ("0##########", 7946099123, "07946099123"),
    ('"+86 "000 0000 0000', 13900001234, "+86 139 0000 1234"),
    ("000-00-0000", 12345678, "012-34-5678"),
    ("[<=9999999]###-####;(###) ###-####", 4155550123, "(415) 555-0123"),
    ("[<=9999999]###-####;(###) ###-####", 5550123, "555-0123"),
    ("+0", 447946099123, "+447946099123"),
    ('"UID-"0', 45, "UID-45"),
    ('"A"0000"-X"', 7, "A0007-X"),
    ("€ #,##0.00", 1234.5, "€1234.5"),
    ('#,##0.00\\ "€"_-;\\-#,##0.00\\ "€"_-', -3.5, "-3.5 €"),
    ("[$€-407] #,##0.000", 123.456, "€123.4560"),  # 123.456 behind a sign would be a hundred thousand
    ("[$¥-804]#,##0.00", 5, "CNY 5"),
    ("[$¥-ja-JP]#,##0", 5, "JPY 5"),
    ('_("$"* #,##0.00_)', 3, "$3"),
    ('#,##0.00 "BTC"', 0.5, "0.5 BTC"),
    ('General" sec"', 750, "750 sec"),
    ("0.0%", 0.125, "12.5%"),
    # Thousands and millions are the number in full.
    ("#,##0,", 1250000, "1250000"),
    ('0.0,,"m"', 2500000, "2500000"),
    ('€ 0.0,,"M"', 2500000, "€2500000"),
    # Decimals, marks of thousands, colours and signs of the eye say nothing.
    ("# ##0", 1234567, "1234567"),
    ("#,##0_);[Red](#,##0)", -3, "-3"),
    ("+0.00;-0.00;0", 5.5, "5.5"),
    ('#,##0 "trades"', 5, "5"),
    ("0.00", 5, "5"),
    ("@", 5, "5"),
    (";;;", 5, "5"),
]


def test_a_format_shows_what_it_adds_to_a_number() -> None:
    assert [(code, number, format_of(code).shown(number, f"{number:.15g}")) for code, number, _ in SHOWN] == SHOWN


def test_cells_of_a_workbook_are_read_as_their_formats_show_them(tmp_path: Path) -> None:
    """Beside empty columns, in a second sheet, and only where the format is that of the cell."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        padded, euro, long = (book.add_format({"num_format": code}) for code in ("00000000", "#,##0.00 €", "[h]:mm:ss"))
        book.add_worksheet("Notes & more").write_row(0, 0, ["read", "me"])
        sheet = book.add_worksheet("Clients")
        sheet.write_row(2, 1, ["UID", "Name", "Equity", "Spent"])
        for row, (uid, name, equity) in enumerate([(451277, "Ana", 5.25), (12001277, "Bo", 6)], 3):
            sheet.write(row, 1, uid, padded)
            sheet.write(row, 2, name)
            sheet.write(row, 3, equity, euro if name == "Ana" else None)
            sheet.write(row, 4, 1.5, long)

    (table,) = read(tmp_path / "a.xlsx", sheet="Clients")

    assert list(table.rows()) == [["00451277", "Ana", "5.25 €", "36:00:00"], ["12001277", "Bo", "6", "36:00:00"]]


def test_a_cell_merged_downwards_is_read_in_its_own_column(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("S")
        for row, cells in enumerate([["Team", "Name", "Fee"], ["Asia", "Ana", 1], ["", "Bo", 2]], 1):
            sheet.write_row(row, 1, cells)
        sheet.merge_range(2, 1, 3, 1, "Asia")

    (table,) = read(tmp_path / "a.xlsx")

    assert list(table.rows()) == [["Asia", "Ana", "1"], ["Asia", "Bo", "2"]]
