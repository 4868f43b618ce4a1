"""The text of every notice, for a hospital and a pharmacy; words that are never mixed."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from dingdian.core.lifecycle.moves import MOVES
from dingdian.reports.notices.kinds import AGAINST, KINDS, kinds_of
from dingdian.reports.papers.template import FORMS, text_of
from tests.reports.notices.noted import KIND_OF, NOTED, RESULT, files, text, word

SIDES = ("hospital", "pharmacy")


def said(name: str, side: str) -> str:
    walk = NOTED[name](side)
    last = walk.life.entries[-1].seq
    results = {last: RESULT} if name == "assessment" and side == "hospital" else {}
    return word(walk.life, KIND_OF[name], results=results)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", NOTED)
def test_the_text_of_each_notice(name: str, side: str, snapshot: SnapshotAssertion) -> None:
    assert said(name, side) == snapshot


def test_every_kind_has_a_text() -> None:
    assert set(KIND_OF.values()) == set(KINDS)


def test_every_move_with_a_notice_has_a_template_and_a_golden() -> None:
    moves = {name for name, move in MOVES.items() if move.notice}
    assert moves == {NOTED[name]("hospital").life.entries[-1].move for name in NOTED}
    for kind in KINDS:
        assert (FORMS / f"{kind}.txt").is_file()


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("expiry", ("解除", "关闭", "注销")),
        ("expiry_lapsed", ("解除", "关闭", "注销")),
        ("closure", ("解除", "到期", "终止")),
        ("termination", ("到期", "终止", "关闭")),
        ("termination_on_request", ("到期", "终止", "关闭")),
        ("termination_elsewhere", ("到期", "终止", "关闭")),
    ],
)
def test_the_three_endings_never_borrow_each_others_words(
    name: str, side: str, never: tuple[str, ...]
) -> None:
    """What a clause says is quoted as it is; everything else is ours."""
    own = re.sub(r"^（\d+）.*$", "", said(name, side), flags=re.MULTILINE)
    assert [each for each in never if each in own] == []


def test_the_templates_of_the_endings_do_not_hold_each_others_words() -> None:
    def own(kind: str) -> str:
        lines = text_of(kind).splitlines()
        return "\n".join(each for each in lines if not each.startswith("%%"))

    assert "解除" not in own("expiry")
    assert "终止" not in own("termination")
    assert not {"解除", "终止"} & set(re.findall("解除|终止", own("closure")))


def test_who_passes_the_trial_gets_the_new_agreement_too() -> None:
    life = NOTED["trial_passed"]("hospital").life
    assert kinds_of(life.entries[-1]) == ("trial_result", "agreement")
    names = sorted(files(life))
    assert [each.split("-")[1] for each in names if each.endswith("docx")] == [
        "agreement.docx",
        "trial_result.docx",
    ]


@pytest.mark.parametrize("name", NOTED)
def test_remedies_stand_where_something_is_refused_or_taken(name: str) -> None:
    against = KIND_OF[name] in AGAINST or name == "trial_failed"
    wanted = against and name != "suspension_on_request"
    assert ("行政复议机关" in said(name, "hospital")) is wanted


@pytest.mark.parametrize(
    "name", [n for n in NOTED if KIND_OF[n] not in ("agreement", "public_notice")]
)
def test_what_is_served_has_its_slip(name: str) -> None:
    assert "送达回证" in said(name, "hospital")


def test_the_page_says_what_the_word_file_says() -> None:
    made = files(NOTED["agreement"]("hospital").life)
    (docx,) = (v for k, v in made.items() if k.endswith(".docx"))
    (html,) = (v.decode() for k, v in made.items() if k.endswith(".html"))
    for line in text(docx).splitlines()[1:]:
        for cell in line.split(" | "):
            assert cell in html
    assert html.count("<table>") == 3
    assert "<script" not in html
