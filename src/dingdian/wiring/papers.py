"""Papers: Word and PDF of a plan, their templates, and whether what they print agrees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import RequestError, Text, fault

if TYPE_CHECKING:
    from dingdian.core.plan import Plan
    from dingdian.core.record import Record
    from dingdian.reports.agreement import Compared
    from dingdian.reports.papers.own import Forms
    from dingdian.wiring.plans import PlanRequest

#: The folders of a plan that hold its papers, and the plan that they compare it with.
PAPERS, LAST_YEAR = "papers", "last_year"
#: Packages that come with ``dingdian[reports]``.
NEEDED = ("docxtpl", "matplotlib", "pypdf", "typst")


@dataclass(frozen=True, slots=True)
class Asked:
    """A bureau's templates (``None``: as shipped), map approval and earlier plan, read at first."""

    forms: Forms | None = None
    approval: str = ""
    last_year: Record | None = None
    last_year_json: bytes = b""


def opened(asked: PlanRequest) -> Asked | None:
    """What the papers of a request are made with; ``None`` where they are left out.

    Raises:
        RequestError: they were asked for and cannot be made, or a template cannot be read.
    """
    wanted = asked.papers or asked.templates is not None or asked.last_year is not None
    if asked.papers is False or (not wanted and not _ready()):
        return None
    installed()
    forms = None
    if asked.templates:
        from dingdian.reports.papers.write import read_forms

        forms = read_forms(asked.templates)
    earlier = read_plan(asked.last_year) if asked.last_year else ()
    return Asked(forms, asked.map_approval, *earlier)


def installed() -> None:
    """Hold that what papers need is installed.

    Raises:
        RequestError: it is not.
    """
    lost = [module for module in NEEDED if find_spec(module) is None]
    if lost:
        raise RequestError((fault("papers_without", names="、".join(lost)),))


def _ready() -> bool:
    """Whether the packages and the fonts are there."""
    from dingdian.reports.assets import assets

    return all(find_spec(module) for module in NEEDED) and bool(assets())


def read_plan(folder: Path) -> tuple[Record, bytes]:
    """The plan of a folder, and its bytes.

    Raises:
        RequestError: there is none, or it cannot be read.
    """
    from dingdian.reports.plan_json import FILE, read_record

    path = folder / FILE
    if not path.is_file():
        raise RequestError((fault("no_such_file", path=str(path)),))
    content = path.read_bytes()
    return read_record(content, file=str(path)), content


def write_papers(folder: Path, plan: Plan, record: Record, asked: Asked) -> Iterator[Text]:
    """Write the papers into a plan folder; yields what a reader must be told of them.

    Raises:
        RequestError: a template is wrong, or the earlier plan is not of this city.
    """
    from dingdian.reports.figures.atlas import atlas_of
    from dingdian.reports.papers.write import papers, shipped
    from dingdian.reports.plan_json import FILE

    earlier = asked.last_year
    same = earlier and earlier.place.region_code == record.place.region_code
    if earlier and not (same and earlier.year < record.year):
        found, wanted = (f"{each.place.city} {each.year}" for each in (earlier, record))
        told = fault("last_year_wrong", path=FILE, found=found, wanted=wanted)
        raise RequestError((told,))
    made = papers(
        record, atlas_of(plan, asked.approval), asked.forms or shipped(), last_year=earlier
    )
    (folder / PAPERS).mkdir()
    for name, content in made.files.items():
        (folder / PAPERS / name).write_bytes(content)
    if earlier:
        (folder / LAST_YEAR).mkdir()
        (folder / LAST_YEAR / FILE).write_bytes(asked.last_year_json)
    yield from made.notes


def write_templates(out: Path) -> None:
    """Write the templates of the papers and the letterhead into a folder, for a bureau to edit.

    Raises:
        OutputError: the folder holds something already.
    """
    from dingdian.reports.papers.template import LETTER, PAPERS

    _write_forms(out, (*PAPERS, LETTER))


def write_notice_templates(out: Path) -> None:
    """Write the templates of notices and the letterhead into a folder, for a bureau to edit.

    Raises:
        OutputError: the folder holds something already.
    """
    from dingdian.reports.notices.kinds import KINDS

    _write_forms(out, KINDS)


def _write_forms(out: Path, names: tuple[str, ...]) -> None:
    from dingdian.reports.papers.template import FORMS, LETTERHEAD, template
    from dingdian.storage.folders import Out, write_folder

    installed()

    def fill(folder: Path) -> None:
        for name in names:
            (folder / f"{name}.docx").write_bytes(template(name))
        (folder / LETTERHEAD).write_bytes((FORMS / LETTERHEAD).read_bytes())

    write_folder(Out(out), fill)


def verify(folder: Path) -> Iterator[Compared]:
    """Compare every output of a plan folder with its plan.json, file by file.

    Raises:
        RequestError: there is no plan, or papers are there and what reads them is not installed.
    """
    from dingdian.reports.agreement.folder import compare_folder
    from dingdian.reports.plan_json import FILE

    record, _ = read_plan(folder)
    last, _ = (
        read_plan(folder / LAST_YEAR) if (folder / LAST_YEAR / FILE).is_file() else (None, b"")
    )
    names = [folder / "plan.html", folder / "plan.xlsx", *sorted((folder / PAPERS).glob("*"))]
    names += [folder / each.file for each in record.advice]
    if (folder / PAPERS).is_dir():
        installed()
    files = {str(each.relative_to(folder)): each.read_bytes() for each in names if each.is_file()}
    return compare_folder(record, files, last_year=last)
