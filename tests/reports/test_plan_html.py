"""plan.html: numbers as in plan.json, names shown literally, nothing from outside."""

from __future__ import annotations

import functools
import re
from html.parser import HTMLParser

import pytest

from dingdian.core.record import Record
from dingdian.reports.charts import charts
from dingdian.reports.grid import display_width
from dingdian.reports.plan_html import write_html
from dingdian.reports.wording import LANGUAGES, Lang, Words
from tests.reports.odd import FORMULA, MARKUP, RARE, nothing_known, odd_names
from tests.reports.plans import CITIES, sample_record, small

VOID = {"meta", "col", "br", "rect", "line", "link"}


class Page(HTMLParser):
    """The page as a reader would take it in: numbers by key, ids, links, text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.numbers: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.depth: list[str] = []
        self._open: tuple[int, str, str, list[str]] | None = None
        self.feed(content.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag not in VOID:
            self.depth.append(tag)
        if given.get("data-key"):
            self._open = (len(self.depth), str(given["data-key"]), str(given.get("data-exact")), [])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self._open and len(self.depth) == self._open[0]:
            _, key, exact, said = self._open
            self.numbers.append((key, exact, "".join(said)))
            self._open = None
        assert self.depth.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.depth and self.depth[-1] == "style":
            return
        self.text.append(data)
        if self._open:
            self._open[3].append(data)


@functools.cache
def page_of(city: str, lang: Lang) -> Page:
    return Page(write_html(sample_record(city), lang))


@pytest.fixture(params=[f"{city} {lang}" for city in CITIES for lang in LANGUAGES])
def read(request: pytest.FixtureRequest) -> tuple[Record, Lang, Page]:
    city, lang = request.param.split()
    return sample_record(city), lang, page_of(city, lang)


def test_every_number_on_the_page_is_that_of_the_record(read: tuple[Record, Lang, Page]) -> None:
    record, lang, page = read
    words = Words(record, lang)
    assert len(page.numbers) > 2000
    for key, exact, said in page.numbers:
        figure = record.figures[key]
        assert said in (
            words.number(figure),
            words.quantity(figure),
            words.prose(figure),
            words.size(figure),
        ), key
        if exact != "None":  # a label of a chart
            assert exact == (
                figure.value
                if isinstance(figure.value, str)
                else str(getattr(figure.value, "float", ""))
            )


def test_the_page_stands_alone(read: tuple[Record, Lang, Page]) -> None:
    _, _, page = read
    assert all(link.startswith("#") for link in page.links)
    assert not {"script", "img", "link", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert all("style" not in attrs and "src" not in attrs for _, attrs in page.tags)
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv"))
    assert str(policy).startswith("default-src 'none'")


def test_links_lead_somewhere_and_ids_are_unique(read: tuple[Record, Lang, Page]) -> None:
    _, _, page = read
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)


def test_every_shown_figure_has_its_anchor(read: tuple[Record, Lang, Page]) -> None:
    _, _, page = read
    anchors = {each.removeprefix("fig-") for each in page.ids if each.startswith("fig-")}
    tables = {key for key, exact, _ in page.numbers if exact != "None"}
    assert len(anchors) > 900
    assert tables == anchors


def test_the_page_can_be_read_out(read: tuple[Record, Lang, Page]) -> None:
    _, lang, page = read
    tags = [tag for tag, _ in page.tags]
    html = next(attrs for tag, attrs in page.tags if tag == "html")
    assert html["lang"] == ("zh-CN" if lang == "zh" else "en")
    assert tags.count("caption") == tags.count("table")
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")
    assert (
        tags.count("svg") == tags.count("desc") == sum(a.get("role") == "img" for _, a in page.tags)
    )
    assert page.links[0] == "#conclusions"
    assert tags.count("h1") == 1


def test_the_page_is_small(read: tuple[Record, Lang, Page]) -> None:
    record, lang, _ = read
    assert len(write_html(record, lang)) < 2_200_000


def test_the_same_record_gives_the_same_bytes() -> None:
    assert write_html(small()) == write_html(small())


def test_conclusions_come_first_and_marks_before_them() -> None:
    text = "".join(Page(write_html(sample_record("daxinganling"))).text)
    order = [
        text.index(each) for each in ("测算：", "红线（一）", "各区县2026年新增数量", "同样的台账")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_odd_names_are_shown_literally(lang: Lang) -> None:
    content = write_html(odd_names(), lang)
    page = Page(content)
    text = "".join(page.text)
    assert b"<script" not in content
    for name in (MARKUP, FORMULA, RARE):
        assert name in text


def test_a_plan_of_nothing_says_why_everywhere() -> None:
    record = nothing_known()
    page = Page(write_html(record))
    undefined = [said for key, _, said in page.numbers if record.figures[key].number is None]
    assert len(undefined) > 100
    assert set(undefined) == {"无法计算"}
    assert "台账“人口参保”没有填“常住人口”" in "".join(page.text)


def test_chinese_has_no_english_sentence(read: tuple[Record, Lang, Page]) -> None:
    _, lang, page = read
    if lang == "en":
        return
    for text in page.text:
        assert not re.search(r"(?<![\w.])[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}", text), text


def test_colours_have_contrast_enough() -> None:
    css = write_html(small()).decode()
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    grounds = ["#ffffff", colours["head"], colours["zone"], colours["whole"]]
    for ink in ("ink", "soft", "deep", "red", "amber"):
        for ground in grounds:
            assert _contrast(colours[ink], ground) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_links_of_derivations_go_to_the_row_of_a_clause_or_reading(
    read: tuple[Record, Lang, Page],
) -> None:
    _, _, page = read
    links = {link for link in page.links if link.startswith(("#clause-", "#reading-"))}
    assert len(links) > 20
    assert {link[1:] for link in links} <= set(page.ids)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", CITIES)
def test_names_of_areas_stand_inside_their_charts(city: str, lang: Lang) -> None:
    words = Words(sample_record(city), lang)
    for chart in charts(words):
        for label in chart.labels:
            if label.kind.startswith("end") and not label.key:
                assert label.x - 6.5 * display_width(label.text) >= 0, label.text
