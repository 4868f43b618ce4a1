"""The words of the papers of both samples, kept as text; tables by their titles and sizes."""

import pytest

from dingdian.reports.papers.blocks import Grid, Image, Paragraph, read_blocks
from dingdian.reports.papers.template import PAPERS
from tests.reports.plans import CITIES, sample_papers, sample_record


def lines(paper):
    for each in paper.blocks:
        if isinstance(each, Paragraph):
            yield f"{each.style}: {each.text}"
        elif isinstance(each, Grid):
            yield f"[{len(each.rows) - each.heads} × {len(each.widths)}]"
        elif isinstance(each, Image):
            yield "[picture]"


@pytest.mark.parametrize("city", CITIES)
def test_the_words_of_the_papers(city, snapshot):
    record = sample_record(city)
    made = sample_papers(city)

    for paper in PAPERS:
        text = "\n".join(lines(read_blocks(made[f"{paper}.docx"])))
        assert text.replace(record.fingerprints.result, "…") == snapshot(name=paper)
