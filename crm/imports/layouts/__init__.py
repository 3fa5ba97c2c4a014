"""Files of venues and of other CRMs: one small file for each venue.

To add one: write `layouts/<venue>.py` that registers its `Layout`s (what their fields mean stands in `crm.intake.layouts.layout`;
`hyperliquid.py` is the shortest, `okx.py` the longest), and put a small invented file of that layout into
`tests/imports/layouts`. Sentences of `says`, `left_out` and `remarks` are shown to people: translate them in `imports.po`.
"""

import pkgutil
from importlib import import_module

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
