"""The words of the papers of both samples, kept as text up to their annexes.

Annex tables, readings and sources are those of the other reports, which hold them in their tests.
"""

import pytest

from dingdian.reports.papers.blocks import Grid, Image, Paragraph, Turn, read_blocks
from dingdian.reports.papers.template import PAPERS
from tests.reports.plans import CITIES, sample_papers


def lines(paper):
    for each in paper.blocks:
        if isinstance(each, Turn) and each.section:
            return
        if isinstance(each, Paragraph):
            yield f"{each.style}: {each.text}"
        elif isinstance(each, Grid):
            yield f"[{len(each.rows) - each.heads} × {len(each.widths)}]"
        elif isinstance(each, Image):
            yield "[picture]"


@pytest.mark.parametrize("city", CITIES)
def test_the_words_of_the_papers(city, snapshot):
    made = sample_papers(city)

    for paper in PAPERS:
        text = "\n".join(lines(read_blocks(made[f"{paper}.docx"])))
        assert text == snapshot(name=paper)
