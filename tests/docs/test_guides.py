"""The guides of the web system: alike in both languages, with pictures that are there."""

import re
from pathlib import Path

import pytest

from tools.pictures import LANGUAGES, MOST_BYTES, NAMES, PICTURES

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide"
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)\s]+)\)")
PAGES = (path.stem for path in GUIDE.glob("web*.md") if ".zh" not in path.name)
GUIDES = sorted(PAGES)


def text(name, language):
    return (GUIDE / (f"{name}.zh-CN.md" if language == "zh" else f"{name}.md")).read_text("utf-8")


def pictures(name, language):
    return PICTURE.findall(text(name, language))


def shape(name, language):
    """Heads, numbered steps, rows of tables and points, in their order."""
    marks = (re.match(r"#+ |\d+\. |\||- ", line) for line in text(name, language).splitlines())
    return [mark.group() for mark in marks if mark]


def test_there_is_a_guide_of_every_role():
    roles = (
        "planner leader-legal county clerk-supervisor evaluator institution administrators public"
    )

    assert set(GUIDES) == {"web", *(f"web-{role}" for role in roles.split())}


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_go_the_same_way(name):
    assert shape(name, "en") == shape(name, "zh")


@pytest.mark.parametrize("name", GUIDES)
def test_both_languages_show_the_same_pictures(name):
    english, chinese = pictures(name, "en"), pictures(name, "zh")

    assert [each.replace("/en/", "/zh/") for each in english] == chinese
    assert [each for each in english + chinese if not (GUIDE / each).is_file()] == []


def test_every_picture_is_shown_small_and_taken_by_a_test():
    for language in LANGUAGES:
        shown = {Path(each).stem for name in GUIDES for each in pictures(name, language)}
        files = {path.stem for path in (PICTURES / language).glob("*.png")}

        assert shown == files == set(NAMES)
    sizes = [path.stat().st_size for path in PICTURES.rglob("*.png")]
    assert max(sizes) < MOST_BYTES
    assert sum(sizes) < 4_500_000
