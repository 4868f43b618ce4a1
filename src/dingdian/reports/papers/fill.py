"""Fill a Word template: its numbers are bound, its tables and pictures put in their places."""

from __future__ import annotations

import copy
import datetime as dt
import difflib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from zipfile import BadZipFile

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, UndefinedError

from dingdian.core.errors import Place, RequestError, fault
from dingdian.reports.grid import Table
from dingdian.reports.papers import form, ooxml
from dingdian.reports.papers.binding import (
    MARK,
    Bound,
    Holding,
    Inserted,
    Marked,
    UnknownKeyError,
    clean,
)
from dingdian.reports.papers.package import same_bytes
from dingdian.reports.papers.split import parts

#: docxtpl reads these as braces where they stand in a text.
_BRACES = re.compile(r"\{_[{%]|[}%]_\}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure to put in: its title, what stands below it, how its PNG is made, its width (mm)."""

    title: str
    note: str
    draw: Callable[[], bytes]
    width: float = form.TEXT[0]


class Answers(Protocol):
    """What a template may ask for: the names it prints, the numbers, tables and pictures of it.

    ``day`` is the only day that the file itself bears.
    """

    tables: Mapping[str, Table]
    figures: tuple[str, ...]

    @property
    def binding(self) -> Holding: ...  # noqa: D102

    @property
    def words(self) -> ooxml.TableWords: ...  # noqa: D102

    @property
    def day(self) -> dt.date: ...  # noqa: D102

    def names(self) -> dict[str, Any]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Printed:
    """A bound number of a paper: its bookmark, the number, and the words around it."""

    bookmark: str
    bound: Bound
    place: str


@dataclass(frozen=True, slots=True)
class Set:
    """A table of a paper: the bookmark of its title, its id, and which part of how many."""

    bookmark: str
    id: str
    part: int
    millimetres: float


@dataclass
class Filled:
    """A paper as Word, with all numbers and tables that it prints."""

    docx: bytes = b""
    numbers: list[Printed] = field(default_factory=list)
    tables: list[Set] = field(default_factory=list)


def fill(template: bytes, file: str, contents: Answers, pictures: Mapping[str, Picture]) -> Filled:
    """A paper from a template; ``file`` is named when something is wrong with it.

    Raises:
        RequestError: the template cannot be read, or asks for what the plan does not have.
    """
    try:
        word = _Template(io.BytesIO(template), file, contents)
        word.render_init()
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        place = Place(file)
        raise RequestError((fault("template_unreadable", place, why=str(error)),)) from error
    environment = Environment(autoescape=True, undefined=StrictUndefined, finalize=_kept(contents))
    word.render(contents.names(), environment)
    return _Setting(word.docx, contents, pictures).done()


def _kept(contents: Answers) -> Callable[[Any], Any]:
    """What an expression prints: clean words, or the mark of what must not be read again."""

    def kept(value: Any) -> Any:
        if isinstance(value, Marked | StrictUndefined):
            return value
        text = clean(str(value))
        return contents.binding.mark(text) if _BRACES.search(text) else text

    return kept


class _Template(DocxTemplate):  # type: ignore[misc]
    """A template that says where it is wrong."""

    def __init__(self, content: io.BytesIO, file: str, contents: Answers) -> None:
        super().__init__(content)
        self.file, self.contents = file, contents

    def render_xml_part(
        self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None
    ) -> str:
        """Fill one part of the file; a fault names the paragraph."""
        del part
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml)
        try:
            return str(jinja_env.from_string(source).render(context))
        except TemplateSyntaxError as error:
            raise self._fault(
                "template_syntax", source, error.lineno, why=str(error.message)
            ) from error
        except UndefinedError as error:
            name = (re.findall(r"'([^']+)'", error.message or "") or [""])[-1]
            details = {"name": name, "nearest": _near(name, context)}
            raise self._fault("template_unknown_name", source, _line(error), **details) from error
        except UnknownKeyError as error:
            near = _near(error.name, self._known(error.kind))
            details = {"name": error.name, "nearest": near}
            kind = "template_unknown_key" if error.kind == "key" else "template_unknown_part"
            raise self._fault(kind, source, _line(error), **details) from error
        except (TypeError, ValueError) as error:
            raise self._fault("template_syntax", source, _line(error), why=str(error)) from error

    def _known(self, kind: str) -> list[str]:
        contents = self.contents
        if kind == "key":
            return list(contents.binding.keys())
        return {
            "table": list(contents.tables),
            "figure": list(contents.figures),
            "sheet": list(dict.fromkeys(each.sheet for each in contents.tables.values())),
        }[kind]

    def _fault(self, kind: str, source: str, line: int, **details: str) -> RequestError:
        lines = source.splitlines()
        text = re.sub(r"<[^>]+>", "", lines[line - 1]) if 0 < line <= len(lines) else ""
        place = Place(self.file, sheet=text[:60], row=max(line - 1, 1))
        return RequestError((fault(kind, place, **details),))


def _near(name: str, known: Any) -> str:
    return "、".join(difflib.get_close_matches(name, list(known), 3, 0.4)) or "—"


def _line(error: BaseException) -> int:
    """The line of the template that an error came from."""
    found, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


class _Setting:
    """Puts numbers, tables and pictures where the marks stand."""

    def __init__(self, document: Any, contents: Answers, pictures: Mapping[str, Picture]) -> None:
        self.document, self.contents, self.pictures = document, contents, pictures
        self.filled = Filled()
        self._ids = {str(each.name): str(each.style_id) for each in document.styles}
        self._bookmarks = self._drawn = self._tabled = 0

    def done(self) -> Filled:
        """The paper with every mark resolved."""
        for root in self._roots():
            for paragraph in list(root.iter(qn("w:p"))):
                text = "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
                if MARK.search(text):
                    self._paragraph(paragraph, text.strip())
        core = self.document.core_properties
        names = self.contents.names()
        core.title = f"{names['city']}{names['year']}"
        core.created = core.modified = _midnight(self.contents)
        core.last_modified_by, core.revision = "", 1
        content = io.BytesIO()
        self.document.save(content)
        self.filled.docx = same_bytes(content.getvalue())
        return self.filled

    def _roots(self) -> Iterator[Any]:
        yield self.document.element.body
        for section in self.document.sections:
            for part in (section.header, section.footer, section.even_page_header):
                if not part.is_linked_to_previous:
                    yield part._element

    def _paragraph(self, paragraph: Any, text: str) -> None:
        alone = MARK.fullmatch(text)
        what = self._held(alone[1]) if alone else None
        if isinstance(what, Inserted):
            made = self._table(paragraph, what) if what.kind == "table" else self._figure(what)
            for each in made:
                paragraph.addprevious(each)
            _taken_out(paragraph)
            return
        place = MARK.sub(lambda m: self._text(m[1]), text)
        for run in list(paragraph.iter(qn("w:r"))):
            if MARK.search("".join(each.text or "" for each in run.iter(qn("w:t")))):
                self._run(run, place)

    def _held(self, number: str) -> Bound | Inserted | str:
        return self.contents.binding.held[int(number)]

    def _text(self, number: str) -> str:
        what = self._held(number)
        return what.text if isinstance(what, Bound) else what if isinstance(what, str) else ""

    def _run(self, run: Any, place: str) -> None:
        """Part a run at its marks; each number stands in a run of its own between bookmarks."""
        text = "".join(each.text or "" for each in run.iter(qn("w:t")))
        for at, piece in enumerate(MARK.split(text)):
            if at % 2 == 0:
                if piece:
                    run.addprevious(_like(run, piece))
                continue
            what = self._held(piece)
            own = _like(run, self._text(piece))
            if not isinstance(what, Bound):
                run.addprevious(own)
                continue
            start, end, name = self._bookmark("n")
            for each in (start, own, end):
                run.addprevious(each)
            self.filled.numbers.append(Printed(name, what, place))
        run.getparent().remove(run)

    def _bookmark(self, letter: str) -> tuple[Any, Any, str]:
        self._bookmarks += 1
        id, name = str(self._bookmarks), f"{letter}{self._bookmarks:05d}"
        return (
            _element("w:bookmarkStart", id=id, name=name),
            _element("w:bookmarkEnd", id=id),
            name,
        )

    # -- tables and pictures --------------------------------------------------

    def _table(self, paragraph: Any, what: Inserted) -> Iterator[Any]:
        table, words = self.contents.tables[what.id], self.contents.words
        millimetres = _text_width(paragraph)
        found = parts(table, millimetres)
        self._tabled += 1
        for at, part in enumerate(found):
            more = words.pick(f"（续{at}）", f" ({at + 1})") if at else ""
            self._bookmarks += 1
            name = f"t{self._bookmarks:05d}"
            title = f"{words.pick('表', 'Table ')}{self._tabled}　{table.title}{more}"
            yield ooxml.paragraph(self._style("caption"), title, (self._bookmarks, name))
            yield ooxml.table_xml(words, part, millimetres)
            self.filled.tables.append(Set(name, what.id, at, millimetres))
        for note in table.notes:
            yield ooxml.paragraph(self._style("small"), note)
        yield ooxml.paragraph(self._style("small"), "")

    def _figure(self, what: Inserted) -> Iterator[Any]:
        picture = self.pictures[what.id]
        self._drawn += 1
        part = self.document.part
        width = Mm(min(what.width or picture.width, picture.width))
        inline = part.new_pic_inline(io.BytesIO(picture.draw()), width=width)
        inline.docPr.set("descr", clean(f"{picture.title}。{picture.note}"))
        own = ooxml.paragraph(self._style("picture"), "")
        own.r_lst[0].add_drawing(inline)
        yield own
        yield ooxml.paragraph(self._style("caption"), f"图{self._drawn}　{picture.title}")
        yield ooxml.paragraph(self._style("small"), picture.note)

    def _style(self, id: str) -> str:
        """The id of a style in this template, by its name; the plain one where it was removed."""
        return self._ids.get(form.BY_ID[id].name, self._ids.get("Normal", "Normal"))


def _like(run: Any, text: str) -> Any:
    """A run that looks like another, with its own text."""
    made = copy.deepcopy(run)
    for each in list(made):
        if each.tag != qn("w:rPr"):
            made.remove(each)
    own = _element("w:t")
    own.text = text
    own.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(own)
    return made


def _taken_out(paragraph: Any) -> None:
    """Take a paragraph away; one that ends a section stays, empty."""
    shape = paragraph.find(qn("w:pPr"))
    if shape is not None and shape.find(qn("w:sectPr")) is not None:
        for each in list(paragraph):
            if each is not shape:
                paragraph.remove(each)
        return
    paragraph.getparent().remove(paragraph)


def _text_width(paragraph: Any) -> float:
    """How wide the text of the section is that a paragraph stands in, in millimetres."""
    for each in (paragraph, *paragraph.itersiblings()):
        found = each if each.tag == qn("w:sectPr") else each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
        if found is not None:
            size, margin = found.find(qn("w:pgSz")), found.find(qn("w:pgMar"))
            twips = [size.get(qn("w:w")), margin.get(qn("w:left")), margin.get(qn("w:right"))]
            wide, left, right = map(int, twips)
            return round((wide - left - right) * 25.4 / 1440, 1)
    return form.TEXT[0]


def _midnight(contents: Answers) -> Any:
    return dt.datetime.combine(contents.day, dt.time(), dt.UTC)


def _element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
