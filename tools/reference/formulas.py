"""docs/reference/formulas.md: every formula by which a number is made from other numbers."""

from __future__ import annotations

from dingdian.core.formulas import FORMULAS
from tools.reference.markdown import code, escaped, page, table
from tools.reference.source import Source

ABOUT = """
Every number of a plan that is computed names one of these formulas and the keys of its inputs, so
that it can be computed again from plan.json alone. *Exact* formulas work in whole numbers and
fractions; no verdict rests on one that is not. *Cell* is the formula that stands in plan.xlsx,
where a reader is served better by a formula than by its value.
"""


def formulas(source: Source) -> str:
    """The page."""
    del source
    rows = (
        [code(name), escaped(each.text), "yes" if each.exact else "no", code(each.cell)]
        for name, each in FORMULAS.items()
    )
    return page("Formulas", ABOUT, table(["formula", "written", "exact", "cell"], rows))
