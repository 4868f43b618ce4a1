"""The reader of the shelf: every fault of every file, with file, key and line."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dingdian.core.errors import DingdianError, Fault, RequestError, ShelfError
from dingdian.core.faults import KINDS, SHELF
from dingdian.storage.policy_yaml import (
    read_cases,
    read_shelf,
    shelf_files,
    shelf_for,
    shipped,
)

DOCUMENTS = """\
documents:
  - id: ex-2025-1
    title: 示例规划
    title_en: Example plan
    issuer: 示例市医疗保障局
    issuer_en: Example bureau
    rank: municipal
    standing: issued
    since: 2025-01-01
    through: 2027-12-31
"""
CARD = """\
place: benxi
title: 示例市
title_en: Example
region_code: "210500"
plan: ex-2025-1
layers: [national, benxi]
"""
NATIONAL_CARD = """\
place: national
title: 国家
title_en: National
region_code: "100000"
layers: [national]
"""
CLAUSES = """\
clauses:
  - id: EX-1
    document: ex-2025-1
    at: 第一条
    at_en: Article 1
    text: 三年内不增加床位
    text_en: No more beds for three years
"""
RULES = """\
rules:
  - rule: ex_freeze
    family: freeze
    title: 冻结
    title_en: Freeze
    clauses: [EX-1]
    readings: [ex_room]
    resource: contracted_beds
    values:
      - since: 2025-01-01
        value: {base_year: 2024, through: 2027-12-31}
        clause: EX-1
        checked_on: 2026-11-21
"""
READINGS = """\
readings:
  - reading: ex_room
    question: 余量怎样算？
    question_en: How much room?
    options: {a: 甲, b: 乙}
    options_en: {a: one, b: other}
    chosen: a
    why: 示例
    why_en: an example
    by: 示例
    by_en: nobody
    decided_on: 2026-11-21
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A whole shelf of two places, without a fault."""
    (tmp_path / "national").mkdir()
    (tmp_path / "benxi").mkdir()
    (tmp_path / "documents.yaml").write_text(DOCUMENTS, "utf-8")
    (tmp_path / "national" / "place.yaml").write_text(NATIONAL_CARD, "utf-8")
    for name, text in {
        "place": CARD,
        "clauses": CLAUSES,
        "rules": RULES,
        "readings": READINGS,
    }.items():
        (tmp_path / "benxi" / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


def faults_of(root: Path) -> tuple[Fault, ...]:
    with pytest.raises(ShelfError) as refused:
        read_shelf(root)
    for each in refused.value.faults:  # every one can be said, in both languages
        for lang in ("zh", "en"):
            said = KINDS[each.kind].what.say(lang, **each.fields)
            cure = KINDS[each.kind].cure.say(lang, **each.fields)
            assert "pydantic" not in said + cure
            assert "{" not in said
    return refused.value.faults


def edit(root: Path, name: str, old: str, new: str) -> None:
    path = root / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), "utf-8")


def test_the_sample_shelf_has_no_fault(root: Path) -> None:
    assert sorted(read_shelf(root).layers) == ["benxi", "national"]


RULE = "benxi/rules.yaml"
BAD = [
    # (kind, file, what to replace, by what, key path, line)
    ("shelf_unknown_key", RULE, "    resource:", "    resourse: x\n    resource:", "rules[1].resourse", 8),
    ("shelf_unknown_key", RULE, "        clause: EX-1", "        on: x\n        clause: EX-1", "rules[1].values[1].on", 12),
    ("shelf_unknown_key", "benxi/clauses.yaml", "clauses:\n", "notes: []\nclauses:\n", "notes", 1),
    ("shelf_unknown_key", "documents.yaml", "documents:\n", "rules: []\ndocuments:\n", "rules", 1),
    ("shelf_unknown_key", "benxi/place.yaml", "plan:", "plans: 1\nplan:", "plans", 5),
    ("shelf_duplicate_key", RULE, "    title: 冻结", "    title: 冻\n    title: 冻结", "rules[1].title", 5),
    ("shelf_missing_key", "documents.yaml", "    issuer: 示例市医疗保障局\n", "", "documents[1]", 2),
    ("shelf_missing_key", RULE, "    family: freeze\n", "", "rules[1]", 2),
    ("shelf_missing_key", "benxi/readings.yaml", "    why_en: an example\n", "", "readings[1]", 2),
    ("shelf_missing_key", "documents.yaml", "    rank:", "    note: 注\n    rank:", "documents[1]", 2),
    ("shelf_missing_key", RULE, "    resource:", "    note_en: a note\n    resource:", "rules[1]", 2),
    ("shelf_value_without_clause", RULE, "        clause: EX-1\n", "", "rules[1].values[1]", 10),
    ("shelf_wrong_type", RULE, "clauses: [EX-1]", "clauses: EX-1", "rules[1].clauses", 6),
    ("shelf_wrong_type", RULE, "{base_year: 2024, through: 2027-12-31}", "12", "rules[1].values[1].value", 11),
    ("shelf_wrong_type", RULE, "title_en: Freeze", "title_en: true", "rules[1].title_en", 5),
    ("shelf_wrong_type", RULE, "    title: 冻结", "    principle: 原则上\n    title: 冻结", "rules[1].principle", 4),
    ("shelf_wrong_type", "benxi/clauses.yaml", CLAUSES, "clauses: 没有\n", "clauses", 1),
    ("shelf_wrong_type", "benxi/clauses.yaml", CLAUSES, "clauses: [没有]\n", "clauses[1]", 1),
    ("shelf_wrong_type", "benxi/clauses.yaml", CLAUSES, "- a\n", "", 1),
    ("shelf_wrong_type", "benxi/readings.yaml", "    question:", "    doubts: [甲]\n    question:", "readings[1].doubts[1]", 3),
    ("shelf_empty", RULE, "title: 冻结", "title:", "rules[1].title", 4),
    ("shelf_empty", RULE, "title: 冻结", 'title: ""', "rules[1].title", 4),
    ("shelf_empty", RULE, "clauses: [EX-1]", "clauses: []", "rules[1].clauses", 6),
    ("shelf_not_a_day", RULE, "since: 2025-01-01", "since: 2024-7-1", "rules[1].values[1].since", 10),
    ("shelf_not_a_day", RULE, "since: 2025-01-01", "since: 2025-02-30", "rules[1].values[1].since", 10),
    ("shelf_not_a_day", RULE, "checked_on: 2026-11-21", "checked_on: 2026-11-21 08:00", "rules[1].values[1].checked_on", 13),
    ("shelf_not_a_number", "benxi/readings.yaml", "    why:", "    number: 1e3\n    why:", "readings[1].number", 8),
    ("shelf_not_a_number", "benxi/readings.yaml", "    why:", "    number: .5\n    why:", "readings[1].number", 8),
    ("shelf_not_an_identifier", RULE, "rule: ex_freeze", "rule: Ex-Freeze", "rules[1].rule", 2),
    ("shelf_not_an_identifier", RULE, "base_year: 2024", "base_year: 24", "rules[1].values[1].value.base_year", 11),
    ("shelf_not_a_choice", "documents.yaml", "standing: issued", "standing: final", "documents[1].standing", 8),
    ("shelf_not_a_choice", RULE, "    title: 冻结", "    local: laxer\n    title: 冻结", "rules[1].local", 4),
    ("shelf_out_of_range", "benxi/readings.yaml", "    question:", "    doubts: [43]\n    question:", "readings[1].doubts[1]", 3),
    ("shelf_days_reversed", "documents.yaml", "through: 2027-12-31", "through: 2024-12-31", "documents[1]", 2),
    ("shelf_chosen_not_an_option", "benxi/readings.yaml", "chosen: a", "chosen: c", "readings[1]", 2),
    ("shelf_options_differ", "benxi/readings.yaml", "{a: one, b: other}", "{a: one, c: other}", "readings[1]", 2),
    ("shelf_unknown_family", RULE, "family: freeze", "family: frozen", "rules[1].family", 3),
    ("shelf_unknown_clause", RULE, "clauses: [EX-1]", "clauses: [EX-1, EX-2]", "rules[1].clauses[2]", 6),
    ("shelf_unknown_clause", RULE, "        clause: EX-1", "        clause: EX-9", "rules[1].values[1].clause", 12),
    ("shelf_unknown_document", "benxi/clauses.yaml", "document: ex-2025-1", "document: ex-2025-2", "clauses[1].document", 3),
    ("shelf_unknown_document", "benxi/place.yaml", "plan: ex-2025-1", "plan: ex-2025-3", "plan", 5),
    ("shelf_unknown_reading", RULE, "readings: [ex_room]", "readings: [ex_rome]", "rules[1].readings[1]", 7),
    ("shelf_unknown_layer", "benxi/place.yaml", "[national, benxi]", "[national, liaoning, benxi]", "layers[2]", 6),
    ("shelf_own_layer_last", "benxi/place.yaml", "[national, benxi]", "[benxi, national]", "layers", 6),
    ("shelf_place_name", "benxi/place.yaml", "place: benxi", "place: fushun", "place", 1),
    ("shelf_tab", RULE, "    family: freeze", "\tfamily: freeze", "", 3),
    ("shelf_not_yaml", RULE, "title: 冻结", "title: 红线: 冻结", "", 4),
    ("shelf_not_yaml", RULE, "rules:\n", "rules:\n---\n", "", 2),
    ("shelf_reference", RULE, "title: 冻结", "title: &t 冻结", "", 4),
    ("shelf_reference", RULE, "title: 冻结", "title: !!str 冻结", "", 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "file", "old", "new", "key", "line"),
    BAD,
    ids=[f"{b[0]}-{n}" for n, b in enumerate(BAD)],
)
def test_one_fault_with_its_file_key_and_line(
    root: Path, *, kind: str, file: str, old: str, new: str, key: str, line: int
) -> None:
    edit(root, file, old, new)
    found = [each for each in faults_of(root) if each.kind == kind]
    assert [(each.place.file, each.place.sheet, each.place.row) for each in found] == [
        (file, key, line)
    ]


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        ("shelf_item_number", "{item: open, text: 开业, text_en: open, by: months_since_opened}"),
        ("shelf_item_way", "{item: form, text: 表, text_en: form, by: material}"),
    ],
)
def test_an_item_is_decided_in_a_way_that_fits_it(root: Path, kind: str, item: str) -> None:
    about = "purpose: condition\n    about: [pharmacies]"
    edit(root, RULE, "family: freeze", f"family: checklist\n    {about}")
    edit(root, RULE, "    resource: contracted_beds\n", "")
    edit(root, RULE, "{base_year: 2024, through: 2027-12-31}", f"[{item}]")
    (found,) = faults_of(root)
    assert found.kind == kind
    assert "{" not in KINDS[kind].cure.say("zh", **found.fields)


_WORDS = "text: 甲, text_en: a"
_ITEM = f"{{item: one, {_WORDS}, part: daily, full: 10, source: survey}}"
_NOUGHT = _ITEM.replace("one", "two").replace("10", "0")
_GRADE = f"{{grade: a, {_WORDS}, at_least: 0}}"
_SHEET = "about: [pharmacies]\n    use: ex_use", "score_sheet"
_LADDER = "use: ex_use", "bottom_rank"
_STEP = f"step: one, move: renew, {_WORDS}"
_BANDS = f"[{{band: a, least: 1, most: 12, {_WORDS}}}]"
_POINTS = "pause_least: 1, pause_most: 6, bar_by_sum: 1, bar_at_once: 3, repair_each: 1"


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (_SHEET, f"{{parts: {{daily: 90%}}, items: [{_ITEM}], grades: [{_GRADE}]}}"),
        (_SHEET, f"{{parts: {{daily: 1}}, items: [{_ITEM}, {_ITEM}], grades: [{_GRADE}]}}"),
        (_SHEET, f"{{parts: {{daily: 1}}, items: [{_ITEM}, {_NOUGHT}], grades: [{_GRADE}]}}"),
        (_SHEET, f"{{parts: {{daily: 1}}, items: [{_ITEM}], grades: [{_GRADE.replace('0', '9')}]}}"),
        (_SHEET, f"{{parts: {{year_end: 1}}, items: [{_ITEM}], grades: [{_GRADE}]}}"),
        (
            _LADDER,
            f"{{groups: {{pharmacies: []}}, steps: [{{{_STEP}, from_year: 2}}, {{{_STEP}, from_year: 1}}]}}",
        ),
        (
            ("about: [pharmacies]\n    use: ex_use\n    direction: ex_way", "grade_moves"),
            "{directions: {up: [a, a]}, clean_years: 2, up_at_least: 95, down_below: 60}",
        ),
        (
            ("repair: ex_repair\n    watch: ex_watch", "person_points"),
            f"{{bands: {_BANDS}, pause_at: 12, end_at: 9, {_POINTS}, repair_most: 4, watch_at: 6}}",
        ),
    ],
)  # fmt: skip
def test_a_value_whose_parts_do_not_fit_is_told(
    root: Path, rule: tuple[str, str], value: str
) -> None:
    fields, family = rule
    edit(root, RULE, "family: freeze", f"family: {family}\n    {fields}")
    edit(root, RULE, "    resource: contracted_beds\n", "")
    edit(root, RULE, "{base_year: 2024, through: 2027-12-31}", value)
    (found,) = faults_of(root)
    assert found.kind == "shelf_inconsistent"
    assert found.place.row
    assert "{" not in KINDS[found.kind].what.say("zh", **found.fields)


def test_a_branch_names_only_clauses_that_there_are(root: Path) -> None:
    conditions = "[{measure: beds_per_1000, comparison: more_than}]"
    shares = "{met: 50%, otherwise: null, clauses_met: [EX-1], clauses_otherwise: [EX-9]}"
    edit(root, RULE, "family: freeze", f"family: release_quota\n    any_of: {conditions}")
    edit(root, RULE, "{base_year: 2024, through: 2027-12-31}", shares)
    (found,) = faults_of(root)
    assert (found.kind, found.fields["clause"]) == ("shelf_unknown_clause", "EX-9")
    assert found.place.sheet == "rules[1].values[1].value.clauses_otherwise[1]"


def test_a_key_called_on_stays_the_word_on(root: Path) -> None:
    edit(root, RULE, "    resource:", "    on: 2024-7-1\n    resource:")
    (found,) = faults_of(root)
    assert (found.kind, found.fields["key"]) == ("shelf_unknown_key", "on")


def test_an_unknown_name_is_told_what_it_may_mean(root: Path) -> None:
    edit(root, RULE, "readings: [ex_room]", "readings: [ex_rome]")
    (found,) = faults_of(root)
    assert "ex_room" in KINDS[found.kind].cure.say("zh", **found.fields)


def test_all_faults_of_all_files_at_once(root: Path) -> None:
    edit(root, RULE, "since: 2025-01-01", "since: 2025-1-1")
    edit(root, RULE, "    resource:", "    resourse: x\n    resource:")
    edit(root, "benxi/readings.yaml", "chosen: a", "chosen: c")
    edit(root, "documents.yaml", "rank: municipal", "rank: village")
    (root / "national" / "old.yaml").write_bytes("rules: []  # 规则".encode("gbk"))
    (root / "national" / "empty.yaml").write_text("# nothing yet\n", "utf-8")
    found = [(each.place.file, each.kind) for each in faults_of(root)]
    assert found == [
        ("benxi/readings.yaml", "shelf_chosen_not_an_option"),
        (RULE, "shelf_unknown_key"),
        (RULE, "shelf_not_a_day"),
        ("documents.yaml", "shelf_not_a_choice"),
        ("national/empty.yaml", "shelf_empty_file"),
        ("national/old.yaml", "shelf_not_utf8"),
    ]


def test_overlapping_dates(root: Path) -> None:
    again = RULES.split("    values:\n")[1]
    (root / RULE).write_text(RULES + again, "utf-8")
    assert [each.kind for each in faults_of(root)] == ["shelf_overlapping_dates"]


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [(RULE, RULES, "rules"), ("benxi/readings.yaml", READINGS, "readings"), ("benxi/clauses.yaml", CLAUSES, "clauses"), ("documents.yaml", DOCUMENTS, "documents")],
)  # fmt: skip
def test_the_same_id_twice(root: Path, file: str, text: str, what: str) -> None:
    body = text.split("\n", 1)[1]
    (root / file).write_text(text + body, "utf-8")
    (found,) = faults_of(root)
    assert (found.kind, found.fields["what_en"]) == ("shelf_duplicate_id", what)


def test_a_rule_id_twice_in_two_files_of_one_folder(root: Path) -> None:
    (root / "benxi" / "again.yaml").write_text(RULES, "utf-8")
    assert [each.kind for each in faults_of(root)] == ["shelf_duplicate_id"]


def test_a_clause_of_a_higher_layer_may_not_be_given_another_text(root: Path) -> None:
    (root / "national" / "clauses.yaml").write_text(CLAUSES, "utf-8")
    assert "shelf_duplicate_id" in [each.kind for each in faults_of(root)]


def test_a_clause_that_nothing_cites(root: Path) -> None:
    more = CLAUSES.split("\n", 1)[1].replace("EX-1", "EX-2")
    (root / "benxi" / "clauses.yaml").write_text(CLAUSES + more, "utf-8")
    (found,) = faults_of(root)
    assert (found.kind, found.fields, found.place.row) == (
        "shelf_clause_idle",
        {"clause": "EX-2"},
        8,
    )


def test_a_clause_that_is_excused_and_cited(root: Path) -> None:
    edit(
        root,
        "benxi/clauses.yaml",
        "    at: 第一条",
        "    no_rule: 无需\n    no_rule_en: none\n    at: 第一条",
    )
    assert [each.kind for each in faults_of(root)] == ["shelf_clause_excused"]


def test_a_benchmark_that_no_one_sets(root: Path) -> None:
    rule = RULES.replace("family: freeze", "family: benchmark").replace(
        "resource: contracted_beds",
        "measure: beds_per_1000\n    comparison: at_most\n    at: [whole]",
    )
    rule = rule.replace("{base_year: 2024, through: 2027-12-31}", "[health_plan_beds, heath_plan]")
    (root / RULE).write_text(rule, "utf-8")
    (found,) = faults_of(root)
    assert (found.kind, found.fields["benchmark"]) == ("shelf_unknown_benchmark", "heath_plan")
    assert found.place.sheet == "rules[1].values[1].value[2]"


def test_a_minimum_rule_that_is_not_there(root: Path) -> None:
    rule = RULES.replace("family: freeze", "family: yearly_places").replace(
        "    values:", "    minimum_rules: [ex_none]\n    demand: insured\n    values:"
    )
    rule = rule.replace("{base_year: 2024, through: 2027-12-31}", "replacement_share")
    (root / RULE).write_text(rule, "utf-8")
    assert [each.kind for each in faults_of(root)] == ["shelf_unknown_rule"]


def test_files_that_are_missing(root: Path) -> None:
    (root / "documents.yaml").unlink()
    (root / "national" / "place.yaml").unlink()
    (root / "national" / "other.yaml").write_text("rules: []\n", "utf-8")
    missing = [e.fields["name"] for e in faults_of(root) if e.kind == "shelf_missing_file"]
    assert sorted(missing) == ["documents.yaml", "place.yaml"]


def test_a_file_with_another_suffix_is_not_passed_over(root: Path) -> None:
    (root / "benxi" / "more.yml").write_text("rules: []\n", "utf-8")
    assert [each.kind for each in faults_of(root)] == ["shelf_wrong_suffix"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("laughs", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nrules: []\n"),
        ("loop", "rules: &a [*a]\n"),
    ],
)
def test_anchors_are_refused_before_they_are_followed(root: Path, name: str, content: str) -> None:
    (root / "benxi" / f"{name}.yaml").write_text(content, "utf-8")
    assert {each.kind for each in faults_of(root)} == {"shelf_reference"}


@pytest.mark.parametrize("content", ["[" * 100_000, "- " * 100_000, "{a: " * 5_000, "? " * 50_000, '["]",' * 50_000])  # fmt: skip
def test_deep_nesting_is_refused(root: Path, content: str) -> None:
    (root / "benxi" / "deep.yaml").write_text(content, "utf-8")
    assert {each.kind for each in faults_of(root)} == {"shelf_too_deep"}


def test_a_huge_file_is_refused(root: Path) -> None:
    (root / "benxi" / "huge.yaml").write_text("#" * 2_000_001, "utf-8")
    assert {each.kind for each in faults_of(root)} == {"shelf_too_large"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert [each.kind for each in faults_of(tmp_path / "nowhere")] == ["shelf_no_folder"]


@pytest.mark.parametrize(
    ("policy", "kind"), [("anshan", "unknown_policy"), ("./nowhere", "shelf_no_folder")]
)
def test_a_policy_that_does_not_exist(policy: str, kind: str) -> None:
    with pytest.raises(RequestError) as refused:
        shelf_for(policy)
    (found,) = refused.value.faults
    assert found.kind == kind
    assert "shenyang" in KINDS[kind].cure.say("zh", **found.fields)


@pytest.mark.parametrize("policy", ["沈阳", "沈阳市", "Shenyang"])
def test_a_shipped_place_is_named_in_either_language(policy: str) -> None:
    assert shelf_for(policy)[1] == "shenyang"


def test_every_kind_of_fault_has_a_test() -> None:
    here = Path(__file__)
    beside = ("test_policy_yaml.py", "test_policy_calendar.py", "test_older_forms.py")
    text = "".join(here.with_name(name).read_text("utf-8") for name in beside)
    elsewhere = {"shelf_unknown_measure", "shelf_unknown_resource", "shelf_unknown_term"}
    elsewhere |= {"shelf_option_not_carried_out"}
    assert {kind for kind in SHELF if kind not in text} <= elsewhere


# ---------------------------------------------------------------- which shelf is meant


@pytest.mark.parametrize("policy", ["shenyang", "daxinganling", "national"])
def test_a_shipped_name_reads_its_own_layers_only(policy: str) -> None:
    book, place = shelf_for(policy)
    assert place == policy
    assert set(book.layers) == {"national", policy}


def test_a_root_with_one_city(root: Path) -> None:
    book, place = shelf_for(str(root))
    assert (place, sorted(book.layers)) == ("benxi", ["benxi", "national"])


def test_a_root_and_a_place(root: Path) -> None:
    assert shelf_for(str(root / "benxi"))[0].fingerprint == shelf_for(str(root))[0].fingerprint


def test_a_root_with_several_cities_asks_which(root: Path) -> None:
    shutil.copytree(root / "benxi", root / "fushun")
    edit(root, "fushun/place.yaml", "place: benxi", "place: fushun")
    edit(root, "fushun/place.yaml", "[national, benxi]", "[national, fushun]")
    with pytest.raises(RequestError) as refused:
        shelf_for(str(root))
    assert refused.value.faults[0].kind == "shelf_several_places"
    assert shelf_for(str(root / "fushun"))[1] == "fushun"


def test_a_lone_folder_is_laid_over_the_shipped_shelf(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "elsewhere" / "my-folder"
    shutil.copytree(root / "benxi", own)
    shutil.copy(root / "documents.yaml", own)
    book, place = shelf_for(str(own))
    assert (place, set(book.layers)) == ("benxi", {"national", "benxi"})
    assert "evaluation_limit" in {rule.rule for rule in book.layers["national"].rules}


def test_a_district_may_build_on_a_shipped_city(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "elsewhere" / "benxi"
    shutil.copytree(root / "benxi", own)
    shutil.copy(root / "documents.yaml", own)
    edit(own, "place.yaml", "[national, benxi]", "[national, shenyang, benxi]")
    book, place = shelf_for(str(own))
    assert set(book.layers) == {"national", "shenyang", "benxi"}
    assert place == "benxi"


@pytest.mark.parametrize("policy", ["shenyang", "daxinganling"])
def test_a_copy_reads_back_with_the_same_fingerprint(policy: str, tmp_path: Path) -> None:
    for name, content in shelf_files(policy):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    copied, place = shelf_for(str(tmp_path))
    assert (copied.fingerprint, place) == (shelf_for(policy)[0].fingerprint, policy)


def test_the_copy_of_a_lone_folder_reads_back_too(root: Path, tmp_path: Path) -> None:
    own, copy = tmp_path / "elsewhere" / "benxi", tmp_path / "copy"
    shutil.copytree(root / "benxi", own)
    shutil.copy(root / "documents.yaml", own)
    for name, content in shelf_files(str(own)):
        (copy / name).parent.mkdir(exist_ok=True, parents=True)
        (copy / name).write_bytes(content)
    assert shelf_for(str(copy))[0].fingerprint == shelf_for(str(own))[0].fingerprint


def test_a_lone_folder_with_a_bad_card_still_gives_all_its_faults(root: Path) -> None:
    edit(root, "benxi/place.yaml", "title: 示例市\n", "")
    edit(root, RULE, "since: 2025-01-01", "since: 2025-1-1")
    (root / "documents.yaml").unlink()
    with pytest.raises(ShelfError) as refused:
        shelf_for(str(root / "benxi"))
    assert [(each.place.file, each.kind) for each in refused.value.faults] == [
        ("benxi/place.yaml", "shelf_missing_key"),
        (RULE, "shelf_not_a_day"),
    ]


# ---------------------------------------------------------------- the fingerprint


def test_the_fingerprint_leaves_spelling_out(root: Path) -> None:
    before = read_shelf(root).fingerprint
    edit(root, RULE, "    family: freeze\n", "")
    edit(root, RULE, "    title: 冻结\n", "    title: 冻结   # 注释\n    family: freeze\n")
    (root / RULE).rename(root / "benxi" / "other.yaml")
    assert read_shelf(root).fingerprint == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("benxi/rules.yaml", "title: 冻结", "title: 冻住"),
        ("benxi/readings.yaml", "chosen: a", "chosen: b"),
        ("benxi/readings.yaml", "chosen: a", "chosen: null"),
        ("benxi/rules.yaml", "base_year: 2024", "base_year: 2025"),
        ("documents.yaml", "standing: issued", "standing: draft"),
        ("benxi/clauses.yaml", "三年内", "五年内"),
    ],
)
def test_any_other_change_moves_the_fingerprint(root: Path, file: str, old: str, new: str) -> None:
    before = read_shelf(root).fingerprint
    edit(root, file, old, new)
    assert read_shelf(root).fingerprint != before


def test_numbers_have_one_fingerprint_however_they_are_written(root: Path) -> None:
    prints = set()
    for number in ("85%", "0.85", "17/20", "0.850"):
        text = READINGS.replace("    why:", f"    number: {number}\n    why:")
        (root / "benxi" / "readings.yaml").write_text(text, "utf-8")
        prints.add(read_shelf(root).fingerprint)
    assert len(prints) == 1


# ---------------------------------------------------------------- worked cases


def test_a_case_about_no_rule_of_its_folder(root: Path) -> None:
    case = "cases:\n  - name: 甲\n    rule: ex_none\n    day: 2025-01-01\n    given: {}\n    expect: {state: kept}\n"
    (root / "benxi" / "rules.cases.yaml").write_text(case, "utf-8")
    with pytest.raises(ShelfError) as refused:
        read_cases(root)
    (found,) = refused.value.faults
    assert (found.kind, found.place.row) == ("shelf_case_rule", 3)


def test_cases_are_no_part_of_the_book(root: Path) -> None:
    before = read_shelf(root).fingerprint
    (root / "benxi" / "rules.cases.yaml").write_text("not: [yaml", "utf-8")
    assert read_shelf(root).fingerprint == before
    with pytest.raises(DingdianError):
        read_cases(root)


def test_the_shipped_shelf_reads_from_the_package() -> None:
    assert len(read_shelf(shipped()).fingerprint) == 64
