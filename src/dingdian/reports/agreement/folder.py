"""All outputs of a plan folder against its plan.json."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from dingdian.actions.recompute_figures import recompute_figures, recompute_fingerprint
from dingdian.core.errors import RequestError
from dingdian.core.record import AdviceRecord, Record
from dingdian.reports.advice import read_advice
from dingdian.reports.agreement.difference import Compared, Difference
from dingdian.reports.agreement.page import compare_page
from dingdian.reports.agreement.workbook import compare_workbook
from dingdian.reports.wording import Words


def compare_folder(
    record: Record, files: Mapping[str, bytes], *, last_year: Record | None = None
) -> Iterator[Compared]:
    """Compare what is there of plan.html, plan.xlsx and the papers; ``files`` by their names.

    Papers are named with their folder, as ``papers/short.pdf``. plan.json is held to its own
    fingerprint and formulas first, and to the files of advice that it takes along.
    """
    yield _record(record)
    for file in dict.fromkeys(each.file for each in record.advice):
        yield _advice(record, file, files.get(file))
    if "plan.html" in files:
        yield compare_page(record, "plan.html", files["plan.html"])
    if "plan.xlsx" in files:
        yield compare_workbook(record, "plan.xlsx", files["plan.xlsx"])
    if any(name.startswith("papers/") for name in files):
        yield from _papers(record, files, last_year)


def _record(record: Record) -> Compared:
    file = "plan.json"
    found = [
        Difference(file, each.key, each.key, each.stored, each.computed)
        for each in recompute_figures(record)
    ]
    stored, computed = record.fingerprints.result, recompute_fingerprint(record)
    if stored != computed:
        found.append(Difference(file, "fingerprints.result", "", computed, stored))
    return Compared(file, len(record.figures), tuple(found))


def _advice(record: Record, file: str, content: bytes | None) -> Compared:
    """A file of advice: its SHA-256, its mark, and what it says as the plan shows it."""
    told = [each for each in record.advice if each.file == file]
    found = "" if content is None else hashlib.sha256(content).hexdigest()
    if content is None or found != told[0].sha256:
        return Compared(file, 1, (Difference(file, "SHA-256", "", found, told[0].sha256),))
    try:
        read = read_advice(content, file=file)
    except RequestError as error:
        kinds = ", ".join(each.kind for each in error.faults)
        return Compared(file, 1, (Difference(file, "", "", kinds, ""),))
    wrong = (
        Difference("plan.json", f"advice {file}", "", _line(kept), _line(fresh))
        for kept, fresh in zip_longest(told, read)
        if kept != fresh
    )
    return Compared(file, 1 + len(told), tuple(wrong))


def _line(advice: AdviceRecord | None) -> str:
    return "" if advice is None else advice.model_dump_json(exclude_defaults=True)


def _papers(
    record: Record, files: Mapping[str, bytes], last_year: Record | None
) -> Iterator[Compared]:
    from dingdian.reports.agreement.paper import compare_pdf, compare_word, entries  # noqa: PLC0415
    from dingdian.reports.papers.write import NUMBERS, paper_tables  # noqa: PLC0415

    listed = f"papers/{NUMBERS}"
    if listed not in files:
        yield Compared(listed, 0, (Difference(listed, "", "", "", NUMBERS),))
        return
    result, printed = entries(files[listed])
    stored = record.fingerprints.result
    wrong = () if result == stored else (Difference(listed, "result", "", result, stored),)
    yield Compared(listed, 1, wrong)
    words = {"": Words(record)} | ({"last_year": Words(last_year)} if last_year else {})
    tables = paper_tables(record, last_year)
    for paper in dict.fromkeys(str(each["paper"]) for each in printed):
        word, page = f"papers/{paper}.docx", f"papers/{paper}.pdf"
        own = [each for each in printed if each["paper"] == paper]
        if word in files:
            yield compare_word(words, tables, word, docx=files[word], printed_by=own)
        if word in files and page in files:
            yield compare_pdf(page, files[word], files[page])
