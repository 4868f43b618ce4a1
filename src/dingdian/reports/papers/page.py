"""A paper as a page: the words of the Word file, no script, nothing from outside."""

from __future__ import annotations

import base64
import hashlib

from dingdian.reports.papers.blocks import Grid, Paper, Paragraph
from dingdian.reports.plan_html import TEMPLATES, environment

_TAGS = {"title": "h1", "level1": "h2", "level2": "h3"}


def page(paper: Paper) -> bytes:
    """The page of a paper whose words stand in paragraphs and tables."""
    css = (TEMPLATES / "letter.css").read_text("utf-8")
    blocks = [each for each in paper.blocks if isinstance(each, Grid) or _says(each)]
    said = (
        environment()
        .get_template("letter.html.j2")
        .render(
            paper=paper,
            blocks=blocks,
            tags=_TAGS,
            css=css,
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        )
    )
    return said.encode()


def _says(block: object) -> bool:
    return isinstance(block, Paragraph) and bool(block.text.strip())
