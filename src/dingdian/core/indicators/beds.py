"""Beds, never chairs: by basis, class and level, and beds per 1,000 people.

千人床位数 counts the beds of all medical institutions, designated or not (SY L39); 医保床位
are contracted beds of designated ones. The basis, the population and whether classes
managed apart are inside the ratio are readings (doubts A3.1, A3.35); every basis and
population is shown beside the chosen one.
"""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.census import Test, Where
from dingdian.core.census.vocabulary import BED_BASES, BED_CLASSES, CHAIR_CLASSES, LEVELS
from dingdian.core.indicators.ledger import FromLedger, Rows
from dingdian.core.indicators.recipes import by_reading, ratio, share, sum_of
from dingdian.core.workings import Measure, Recipe

_THROUGH = "institution."
_NO_CHAIR = Where("bed_class", Test.IS_NOT, CHAIR_CLASSES)
_IN_RATIO = "separate_pools_in_ratio"


def _beds(basis: str, *where: Where, designated: bool = True, general: bool = False) -> FromLedger:
    chosen = where if general else (*where, _NO_CHAIR)
    return FromLedger(
        Rows(
            "beds",
            chosen,
            total=basis,
            through=_THROUGH,
            designated=designated,
            existing=not designated,
            general_pool=general,
        )
    )


def _bed(id: str, zh: str, en: str, recipe: Recipe, *clauses: str) -> Measure:
    return Measure(id, zh, en, "bed", recipe, clauses=clauses)


def _in_ratio(inside: str, outside: str) -> Recipe:
    return by_reading(_IN_RATIO, absent=inside, inside=inside, outside=outside)


def _totals() -> Iterator[Measure]:
    for term in BED_BASES.values():
        id, zh, en = f"{term.id}_beds", term.zh, term.en
        yield _bed(
            id, f"定点医疗机构{zh}数", f"{en} of designated institutions", _beds(term.id), "SY-02"
        )
        yield _bed(
            f"{id}_general_pool",
            f"定点医疗机构{zh}数（不含单独管理类别）",
            f"{en} of designated institutions, classes managed apart left out",
            _beds(term.id, general=True),
            "SY-14",
        )
        if term.id == "contracted":
            continue  # only a designated institution has them
        yield _bed(
            f"all_{id}",
            f"全部医疗机构（含非定点）{zh}数",
            f"{en} of all medical institutions, designated or not",
            _beds(term.id, designated=False),
            "SY-02",
        )
        yield _bed(
            f"all_{id}_general_pool",
            f"全部医疗机构（含非定点）{zh}数（不含单独管理类别）",
            f"{en} of all medical institutions, classes managed apart left out",
            _beds(term.id, designated=False, general=True),
            "SY-02",
            "SY-14",
        )


def _by_class() -> Iterator[Measure]:
    for term in BED_CLASSES.values():
        chair = term.id in CHAIR_CLASSES
        rows = Rows(
            "beds",
            (Where("bed_class", Test.IS, (term.id,)),),
            total="contracted",
            through=_THROUGH,
            designated=True,
        )
        yield Measure(
            f"contracted_beds_{term.id}",
            f"医保{term.zh}数" if chair else f"医保床位数：{term.zh}",
            f"contracted {term.en}s" if chair else f"contracted beds: {term.en}",
            "chair" if chair else "bed",
            FromLedger(rows),
            clauses=("SY-14",) if chair else ("SY-14", "DX-13"),
        )
        if not chair:
            yield _bed_share(
                f"share_beds_{term.id}",
                f"{term.zh}床位占医保床位比重",
                f"{term.en} beds as a share of contracted beds",
                share(f"contracted_beds_{term.id}", "contracted_beds"),
            )


#: Classes whose share in the beds of the region a plan steers (DX-13).
STEERED = ("rehabilitation", "oncology", "psychiatric", "maternal_child")


def _regional_shares() -> Iterator[Measure]:
    """The share of a class in all beds of the region, and the one that the reading chooses."""
    for term in (BED_CLASSES[each] for each in STEERED):
        where = Where("bed_class", Test.IS, (term.id,))
        for basis in (BED_BASES["open"], BED_BASES["approved"]):
            yield _bed(
                f"all_{basis.id}_beds_{term.id}",
                f"全部医疗机构（含非定点）{basis.zh}数：{term.zh}",
                f"{basis.en} of all medical institutions: {term.en}",
                _beds(basis.id, where, designated=False),
                "DX-13",
            )
        yield _bed(
            f"beds_by_basis_{term.id}",
            f"床位数（按床位口径）：{term.zh}",
            f"beds on the basis of the reading: {term.en}",
            _by_basis(f"_{term.id}"),
            "DX-13",
        )
        yield _bed_share(
            f"share_regional_beds_{term.id}",
            f"{term.zh}床位占区域总床位比重",
            f"{term.en} beds as a share of all beds of the region",
            share(f"beds_by_basis_{term.id}", "beds_by_basis"),
        )
        yield _bed_share(
            f"bed_type_share_{term.id}",
            f"{term.zh}床位占比（按占比口径）",
            f"share of {term.en} beds (by the reading)",
            by_reading(
                "bed_share_base",
                regional=f"share_regional_beds_{term.id}",
                contracted=f"share_beds_{term.id}",
            ),
        )


def _bed_share(id: str, zh: str, en: str, recipe: Recipe) -> Measure:
    return Measure(id, zh, en, "share", recipe, decimals=2, clauses=("DX-13",))


def _by_basis(which: str) -> Recipe:
    """Beds on the basis that the reading chooses; ``which`` ends the names of its measures."""
    basis = {
        "open": "all_open_beds",
        "approved": "all_approved_beds",
        "contracted": "contracted_beds",
    }
    return by_reading("bed_basis", **{option: id + which for option, id in basis.items()})


def _by_level() -> Iterator[Measure]:
    for term in LEVELS.values():
        where = Where("institution.level", Test.IS, (term.id,))
        plain, general = (
            f"contracted_beds_level_{term.id}",
            f"contracted_beds_general_pool_{term.id}",
        )
        zh, en = f"{term.zh}定点医疗机构医保床位数", f"contracted beds, {term.en} institutions"
        yield _bed(plain, zh, en, _beds("contracted", where), "SY-03")
        yield _bed(
            general,
            f"{zh}（不含单独管理类别）",
            f"{en}, classes managed apart left out",
            _beds("contracted", where, general=True),
            "SY-03",
        )
        primary = term.id == "primary"
        yield _bed(
            f"contracted_beds_{term.id}{'_only' if primary else ''}",
            f"{zh}（结构口径{'，不含未定级' if primary else ''}）",
            f"{en} (as the structure counts them{', ungraded left out' if primary else ''})",
            _in_ratio(plain, general),
            "SY-03",
        )


def _structure() -> Iterator[Measure]:
    yield _bed(
        "contracted_beds_primary_and_ungraded",
        "一级和未定级定点医疗机构医保床位数（结构口径）",
        "contracted beds, primary and ungraded institutions (as the structure counts them)",
        sum_of("contracted_beds_primary_only", "contracted_beds_ungraded"),
        "SY-03",
    )
    yield _bed(
        "contracted_beds_primary",
        "一级定点医疗机构医保床位数（结构口径）",
        "contracted beds, primary institutions (as the structure counts them)",
        by_reading(
            "ungraded_beds",
            absent="contracted_beds_primary_only",
            outside="contracted_beds_primary_only",
            with_primary="contracted_beds_primary_and_ungraded",
        ),
        "SY-03",
    )
    levels = ("tertiary", "secondary", "primary")
    yield _bed(
        "contracted_beds_three_levels",
        "三级、二级、一级医保床位合计（结构口径）",
        "contracted beds of the three levels together (as the structure counts them)",
        sum_of(*(f"contracted_beds_{level}" for level in levels)),
        "SY-03",
    )
    for level in levels:
        term = LEVELS[level]
        yield Measure(
            f"share_beds_{level}",
            f"{term.zh}床位占三级、二级、一级床位合计比重",
            f"{term.en} beds as a share of the beds of the three levels",
            "share",
            share(f"contracted_beds_{level}", "contracted_beds_three_levels"),
            decimals=2,
            clauses=("SY-03",),
        )


_PER = (
    ("resident", "常住人口", "residents"),
    ("insured", "参保人", "insured people"),
)
#: Measure of beds -> its stem in ids, and its names.
_RATIOS = (
    (
        "beds_in_ratio",
        "beds_per_1000",
        "床位数（口径所定床位",
        "beds (basis by the reading)",
        "DX-07",
        "SY-02",
    ),
    (
        "contracted_beds_in_ratio",
        "contracted_beds_per_1000",
        "医保床位数（医保床位",
        "contracted beds",
        "SY-04",
    ),
    (
        "all_open_beds",
        "open_beds_per_1000",
        "开放床位数（全部医疗机构",
        "open beds of all institutions",
        "SY-02",
    ),
    (
        "all_approved_beds",
        "approved_beds_per_1000",
        "核定床位数（全部医疗机构",
        "approved beds of all institutions",
        "SY-02",
    ),
)


def _per_1000() -> Iterator[Measure]:
    yield _bed(
        "beds_by_basis",
        "床位数（按床位口径）",
        "beds on the basis of the reading",
        _by_basis(""),
        "SY-02",
    )
    yield _bed(
        "beds_by_basis_general_pool",
        "床位数（按床位口径，不含单独管理类别）",
        "beds on the basis of the reading, classes managed apart left out",
        _by_basis("_general_pool"),
        "SY-02",
    )
    yield _bed(
        "beds_in_ratio",
        "千人床位数的分子",
        "numerator of beds per 1,000",
        _in_ratio("beds_by_basis", "beds_by_basis_general_pool"),
        "SY-02",
    )
    yield _bed(
        "contracted_beds_in_ratio",
        "千人医保床位数的分子",
        "numerator of contracted beds per 1,000",
        _in_ratio("contracted_beds", "contracted_beds_general_pool"),
        "SY-04",
    )
    for beds, stem, zh, en, *clauses in _RATIOS:
        for base, zh_base, en_base in _PER:
            yield Measure(
                f"{stem}_{base}",
                f"每千{zh_base}{zh}÷{zh_base}）",
                f"{en} per 1,000 {en_base}",
                f"beds_per_1000_{base}",
                ratio(beds, base, 1000),
                decimals=2,
                clauses=tuple(clauses),
            )
        yield Measure(
            stem,
            f"每千人口{zh}÷口径所定人口）",
            f"{en} per 1,000 people (population by the reading)",
            "beds_per_1000",
            by_reading("bed_population", resident=f"{stem}_resident", insured=f"{stem}_insured"),
            decimals=2,
            clauses=tuple(clauses),
        )


def _per_1000_by_class() -> Iterator[Measure]:
    """Contracted beds of each class per 1,000, over the population that the reading chooses."""
    yield Measure(
        "bed_population",
        "千人床位数的分母",
        "denominator of beds per 1,000",
        "person",
        by_reading("bed_population", resident="resident", insured="insured"),
        clauses=("SY-02",),
    )
    for term in BED_CLASSES.values():
        if term.id not in CHAIR_CLASSES:
            yield Measure(
                f"contracted_beds_{term.id}_per_1000",
                f"每千人口医保床位数：{term.zh}（医保床位÷口径所定人口）",
                f"contracted {term.en} beds per 1,000 people (population by the reading)",
                "beds_per_1000",
                ratio(f"contracted_beds_{term.id}", "bed_population", 1000),
                decimals=2,
                clauses=("DX-13", "SY-14"),
            )


MEASURES: tuple[Measure, ...] = (
    *_totals(),
    *_by_class(),
    *_regional_shares(),
    *_by_level(),
    *_structure(),
    *_per_1000(),
    *_per_1000_by_class(),
)
