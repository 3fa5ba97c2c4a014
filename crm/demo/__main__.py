"""Makes the files of the demo: `python -m crm.demo [folder]`."""

import sys
from pathlib import Path

from crm.demo.write import generate

if __name__ == "__main__":
    generate(Path(sys.argv[1] if len(sys.argv) > 1 else "data/demo"))
