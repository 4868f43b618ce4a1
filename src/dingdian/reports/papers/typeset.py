"""Blocks typeset as PDF/A: the same blocks, the same bytes."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from dingdian.reports.assets import asset_path
from dingdian.reports.glyphs import SANS, SERIF, letters, shown
from dingdian.reports.papers import form
from dingdian.reports.papers.blocks import Block, Grid, Image, Paper, Paragraph, Turn

_TYP = Path(__file__).with_name("paper.typ")


def pdf(paper: Paper, day: dt.date) -> bytes:
    """A paper as PDF/A-2b, its fonts within; ``day`` is the only day in it.

    Raises:
        RequestError: ``missing_asset``: the fonts were never fetched.
    """
    fonts = asset_path(SERIF).parent
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        data = json.dumps(_data(paper, day, root), ensure_ascii=False)
        (root / "blocks.json").write_text(data, "utf-8")
        (root / "paper.typ").write_bytes(_TYP.read_bytes())
        made = typst.compile(
            str(root / "paper.typ"),
            root=str(root),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["a-2b"],
            timestamp=dt.datetime.combine(day, dt.time(), dt.UTC),
        )
    return bytes(made)


def lacking(paper: Paper) -> tuple[str, ...]:
    """The characters that neither face can show; the PDF shows their codes."""
    known = letters(SERIF) | letters(SANS)
    text = "".join(_texts(paper.blocks))
    return tuple(dict.fromkeys(c for c in text if ord(c) not in known and not c.isspace()))


def _texts(blocks: Iterable[Block]) -> Iterable[str]:
    for each in blocks:
        if isinstance(each, Paragraph):
            yield each.text
        elif isinstance(each, Grid):
            yield from (cell.text for row in each.rows for cell in row)


def page_text(text: str) -> str:
    """A text as the PDF prints it: what no face can show by its code."""
    known = letters(SERIF)
    return "".join(c if ord(c) in known else shown(c, SANS) for c in text)


def _data(paper: Paper, day: dt.date, root: Path) -> dict[str, Any]:
    sections: list[dict[str, Any]] = [{"flat": paper.flat, "blocks": []}]
    for number, each in enumerate(paper.blocks):
        if isinstance(each, Turn) and each.section:
            sections.append({"flat": each.flat, "blocks": []})
        else:
            sections[-1]["blocks"].append(_block(each, number, root))
    return {
        "title": page_text(paper.title),
        "head": page_text(paper.head),
        "day": [day.year, day.month, day.day],
        "sections": [each for each in sections if each["blocks"]],
        "form": {
            "styles": {each.id: asdict(each) for each in form.STYLES},
            "top": form.TOP,
            "left": form.LEFT,
            "text": form.TEXT,
            "flat": form.FLAT,
            "body": form.BODY,
            "pitch": form.PITCH,
            "advance": form.ADVANCE,
            "cell": form.CELL,
        },
    }


def _block(block: Block, number: int, root: Path) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        runs = [(page_text(text), bold) for text, bold in block.runs]
        return {"kind": "paragraph", "style": block.style, "align": block.align, "runs": runs}
    if isinstance(block, Grid):
        rows = [[asdict(c) | {"text": page_text(c.text)} for c in row] for row in block.rows]
        return {"kind": "grid", "widths": block.widths, "rows": rows, "heads": block.heads}
    if isinstance(block, Image):
        name = f"picture{number}.png"
        (root / name).write_bytes(block.content)
        return {"kind": "image", "file": name, "width": block.width, "alt": page_text(block.alt)}
    return {"kind": "turn"}
