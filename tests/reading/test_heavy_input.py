"""Files that would fill memory or take for ever: refused or read within bounds that are measured in a process of their own."""

import json
import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

MB = 1_000_000
PROGRAM = """
import json, re, sys, time
from pathlib import Path
from crm.ground.errors import InvalidError
from crm.reading import read
def peak():  # ru_maxrss would count what the parent held when it forked
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1))
before, begun = peak(), time.process_time()
rows, said = 0, ""
try:
    for table in read(Path(sys.argv[1])):
        rows += sum(1 for _ in table.rows())
except InvalidError as error:
    said = str(error)
print(json.dumps({"rows": rows, "said": said, "mb": (peak() - before) // 1024, "seconds": time.process_time() - begun}))
"""


def bomb(path: Path, unpacked: int) -> None:
    """A ZIP that lies: its one list of zeros says that it is small, and unpacks to this many bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b"0" * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("list.csv", b"x")
    small = path.read_bytes()
    head, rest = small[:38], small[small.index(b"PK\x01\x02") :]
    body = block * (unpacked // MB)
    size = len(body).to_bytes(4, "little")
    directory = bytearray(rest)
    directory[20:24] = size
    place = directory.index(b"PK\x05\x06")
    directory[place + 16 : place + 20] = (len(head) + len(body)).to_bytes(4, "little")
    path.write_bytes(head[:18] + size + head[22:] + body + bytes(directory))


def honest_bomb(path: Path) -> None:
    """It says how large it is, and nobody needs to unpack it to know."""
    zeros = b"\0" * MB
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open("list.csv", "w") as file,
    ):
        for _ in range(400):
            file.write(zeros)


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"uid,name\n1,Ana\n")
        file.truncate(2_000 * MB)


def one_line(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"a,b," * (MB // 4))


def empty_rows(path: Path) -> None:
    """A workbook in which somebody has coloured a million rows."""
    with xlsxwriter.Workbook(path.with_suffix(".small"), {"strings_to_numbers": False}) as book:
        book.add_worksheet().write_row(0, 0, ["uid", "name"])
        book.worksheets()[0].write_row(1, 0, ["0001", "Ana"])
    with (
        zipfile.ZipFile(path.with_suffix(".small")) as small,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
    ):
        for member in small.namelist():
            content = small.read(member)
            with packed.open(member, "w") as file:
                head, end, tail = content.partition(b"</sheetData>")
                file.write(head)
                for row in range(3, 1_000_000, 1000) if end else ():
                    lines = (
                        f'<row r="{n}"><c r="A{n}" s="0"/><c r="B{n}" s="0"/></row>' for n in range(row, row + 1000)
                    )
                    file.write("".join(lines).encode())
                file.write(end + tail)


def deep(path: Path) -> None:
    path.write_bytes(b'[{"a":' * 10_000_000)


def wide(path: Path) -> None:
    path.write_bytes(b"[" + b",".join(json.dumps({f"k{n}": n}).encode() for n in range(200_000)) + b"]")


HEAVY: dict[str, tuple[Callable[[Path], None], str, int]] = {
    "lying.zip": (lambda path: bomb(path, 10_000 * MB), "unpacks to more than 200 MB", 40),
    "bomb.zip": (honest_bomb, "unpacks to more than 200 MB", 40),
    "sparse.csv": (sparse, "is larger than 300 MB; split it, or raise CRM_UPLOAD_LIMIT_MB.", 20),
    "one_line.csv": (one_line, "has a line longer than 8 MB", 40),
    "coloured.xlsx": (empty_rows, "", 80),
    "deep.json": (deep, "nested too deeply", 220),
    "wide.json": (wide, "more than 5,000 different fields", 180),
}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured on Linux")
@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_stays_within_bounds(tmp_path: Path, name: str) -> None:
    make, sentence, bound = HEAVY[name]
    make(tmp_path / name)
    environment = os.environ | {"CRM_UNPACKED_LIMIT_MB": "200", "CRM_DATA_DIR": str(tmp_path), "TMPDIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / name)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert not done.stderr
    found = json.loads(done.stdout)
    assert sentence in found["said"]
    assert bool(found["said"]) == bool(sentence)
    assert found["rows"] == (0 if sentence else 1)
    assert found["mb"] < bound, found
    assert found["seconds"] < 30, found
    assert not list(tmp_path.glob("crm-read-*"))
