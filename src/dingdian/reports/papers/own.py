"""A bureau's own templates: what its folder does not hold is taken as shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dingdian.core.errors import RequestError, fault
from dingdian.reports.papers.letterhead import Letterhead, read_letterhead
from dingdian.reports.papers.template import LETTERHEAD, template


@dataclass(frozen=True, slots=True)
class Forms:
    """Templates as Word files by name, and the letterhead."""

    templates: Mapping[str, bytes]
    letterhead: Letterhead = field(default_factory=Letterhead)


def forms_of(folder: Path | None, names: Sequence[str]) -> Forms:
    """The templates of some papers: of a folder, or as shipped where it is ``None``.

    Raises:
        RequestError: none of the files is there, or the letterhead is wrong.
    """
    if folder is None:
        return Forms({name: template(name) for name in names})
    known = (*(f"{name}.docx" for name in names), LETTERHEAD)
    if not any((folder / name).is_file() for name in known):
        raise RequestError((fault("no_templates", path=str(folder), known="、".join(known)),))
    templates = {}
    for name in names:
        path = folder / f"{name}.docx"
        templates[name] = path.read_bytes() if path.is_file() else template(name)
    head = folder / LETTERHEAD
    return Forms(templates, read_letterhead(head) if head.is_file() else Letterhead())
