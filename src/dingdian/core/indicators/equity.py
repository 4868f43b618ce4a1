"""Distribution between regions: HRAD and PAD, Gini, Theil with its parts.

HRAD = (R_i/R_n)/(A_i/A_n) is how densely institutions stand against the upper-level area,
PAD = (P_i/P_n)/(A_i/A_n) how densely people live (集聚度). The sign of HRAD - PAD is that of
R_i P_n - R_n P_i whatever the area: verdicts rest on that exact cross difference. Sources:
the public literature on 集聚度 (research of the field, B2.1 to B2.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dingdian.core.indicators.recipes import (
    Across,
    Area,
    Computed,
    Of,
    Parts,
    WholeOnly,
    by_reading,
    difference,
    share,
)
from dingdian.core.workings import Figure, Measure, Recipe, Workings, reason

REFERENCE_READING = "agglomeration_reference"


def density_against_whole(count: str) -> Computed:
    """HRAD (or PAD, for people) of ``count`` here against the whole area."""
    return Computed(
        "hrad",
        (
            ("r", Of(count)),
            ("R", Of(count, Area.WHOLE)),
            ("s", Of("area")),
            ("S", Of("area", Area.WHOLE)),
        ),
    )


def reference_of(workings: Workings, scope: str) -> str | None:
    """The upper-level area of a scope, by the reading ``agglomeration_reference``.

    ``zone``: a district is held against its zone, anything else against the whole area;
    ``None`` for a district whose zone is not known. Otherwise, and while the reading is not
    on the shelf, everything is held against the whole area.
    """
    tree = workings.census.tree
    if workings.choice(REFERENCE_READING) != "zone" or scope not in tree.districts:
        return tree.root
    return tree.zone_of(scope)


@dataclass(frozen=True, slots=True)
class Agglomeration:
    """A formula whose capital roles are taken at the reference area, the others here.

    Pairs of role and measure. Undefined with ``zone_unknown`` where a district is to be held
    against its zone and stands in none.
    """

    formula: str
    roles: tuple[tuple[str, str], ...]

    def __call__(self, workings: Workings, measure: Measure, scope: str) -> Figure:
        """The figure."""
        reference = reference_of(workings, scope)
        if reference is None:
            why = reason("zone_unknown", region=scope)
            return workings.undefined(measure.id, scope, why, unit=measure.unit)
        inputs = {
            role: workings.figure(of, reference if role.isupper() else scope)
            for role, of in self.roles
        }
        readings = (REFERENCE_READING,) if REFERENCE_READING in workings.policy.readings else ()
        return workings.compute(
            measure.id, scope, self.formula, inputs, unit=measure.unit, readings=readings
        )


def _agglomeration_of(count: str) -> Agglomeration:
    return Agglomeration("hrad", (("r", count), ("R", count), ("s", "area"), ("S", "area")))


_PLAN = ("SY-15", "SY-16")
_INSTITUTIONS, _POPULATION = "agglomeration_institutions", "agglomeration_population"


def _index(id: str, zh: str, en: str, recipe: Recipe, *clauses: str) -> Measure:
    return Measure(id, zh, en, "index", recipe, decimals=4, clauses=clauses)


def _plain() -> Iterator[Measure]:
    for stem, count, zh, en in (
        ("medical", "medical_institutions", "定点医疗机构", "designated medical institutions"),
        (
            "outpatient_pooling",
            "outpatient_pooling_institutions",
            "门诊统筹定点医疗机构",
            "outpatient-pooling institutions",
        ),
        ("pharmacies", "pharmacies", "定点零售药店", "designated pharmacies"),
    ):
        yield _index(
            f"hrad_{stem}",
            f"{zh}资源集聚度HRAD（机构占比÷面积占比）",
            f"resource agglomeration HRAD of {en} (share of institutions ÷ share of area)",
            density_against_whole(count),
            "DX-15",
            *_PLAN,
        )
    for base, zh, en in (("resident", "常住人口", "residents"), ("insured", "参保人口", "insured")):
        yield _index(
            f"pad_{base}",
            f"{zh}集聚度PAD（人口占比÷面积占比）",
            f"population agglomeration PAD of {en} (share of people ÷ share of area)",
            density_against_whole(base),
            *_PLAN,
        )


def _by_reading() -> Iterator[Measure]:
    yield Measure(
        _INSTITUTIONS,
        "集聚度所计机构数（按口径）",
        "institutions of the agglomeration index (by the reading)",
        "institution",
        by_reading(
            _INSTITUTIONS,
            outpatient_pooling_institutions="outpatient_pooling_institutions",
            medical_institutions="medical_institutions",
        ),
        clauses=_PLAN,
    )
    yield Measure(
        _POPULATION,
        "集聚度所计人口（按口径）",
        "population of the agglomeration index (by the reading)",
        "person",
        by_reading(_POPULATION, resident="resident", insured="insured"),
        clauses=_PLAN,
    )
    yield _index(
        "hrad",
        "资源集聚度HRAD（按口径）",
        "resource agglomeration HRAD (by the readings)",
        _agglomeration_of(_INSTITUTIONS),
        *_PLAN,
    )
    yield _index(
        "pad",
        "人口集聚度PAD（按口径）",
        "population agglomeration PAD (by the readings)",
        _agglomeration_of(_POPULATION),
        *_PLAN,
    )
    yield _index(
        "hrad_minus_pad",
        "集聚度差值（HRAD－PAD）",
        "difference of agglomeration (HRAD − PAD)",
        difference("hrad", "pad"),
        *_PLAN,
    )
    yield _index(
        "hrad_over_pad",
        "集聚度比值（HRAD÷PAD）",
        "ratio of agglomeration (HRAD ÷ PAD)",
        share("hrad", "pad"),
        *_PLAN,
    )
    yield Measure(
        "hrad_sign",
        "集聚度差值的精确符号（机构×上级人口－上级机构×人口）",
        "exact sign (institutions × upper population − upper institutions × population)",
        "institution_person",
        Agglomeration(
            "cross_difference",
            (("r", _INSTITUTIONS), ("P", _POPULATION), ("R", _INSTITUTIONS), ("p", _POPULATION)),
        ),
        clauses=_PLAN,
    )


def _gini() -> Iterator[Measure]:
    for base, zh_base, en_base, x in (
        ("population", "按常住人口", "over residents", "resident"),
        ("area", "按面积", "over area", "area"),
    ):
        for stem, zh, en, y in (
            ("medical", "定点医疗机构", "designated medical institutions", "medical_institutions"),
            ("pharmacies", "定点零售药店", "designated pharmacies", "pharmacies"),
            ("beds", "医保床位", "contracted beds", "contracted_beds"),
        ):
            yield _index(
                f"gini_{base}_{stem}",
                f"{zh}基尼系数（{zh_base}，以区县为单元）",
                f"Gini coefficient of {en} {en_base}, by district",
                Across("gini", x, y),
                "DX-15",
            )


def _theil() -> Iterator[Measure]:
    for stem, zh, en, y in (
        ("medical", "定点医疗机构", "designated medical institutions", "medical_institutions"),
        ("pharmacies", "定点零售药店", "designated pharmacies", "pharmacies"),
        ("beds", "医保床位", "contracted beds", "contracted_beds"),
    ):
        total, within, between = (f"theil_{part}{stem}" for part in ("", "within_", "between_"))
        yield _index(
            total,
            f"{zh}泰尔指数（自然对数，按常住人口，以区县为单元）",
            f"Theil index of {en} (natural logarithm, over residents, by district)",
            Across("theil", "resident", y),
            "DX-15",
        )
        yield _index(
            within,
            f"{zh}泰尔指数：区域内",
            f"Theil index of {en}: within zones",
            Across("theil_within", "resident", total, Parts.ZONES),
            "DX-15",
        )
        yield _index(
            between,
            f"{zh}泰尔指数：区域间",
            f"Theil index of {en}: between zones",
            Across("theil", "resident", y, Parts.ZONES),
            "DX-15",
        )
        for part, zh_part, en_part in (
            (within, "区域内", "within"),
            (between, "区域间", "between"),
        ):
            yield Measure(
                f"share_{part}",
                f"{zh}泰尔指数{zh_part}贡献率（{zh_part}÷总体）",
                f"contribution of inequality {en_part} zones to the Theil index of {en}",
                "share",
                WholeOnly(share(part, total)),
                decimals=2,
                clauses=("DX-15",),
            )


MEASURES: tuple[Measure, ...] = (*_plain(), *_by_reading(), *_gini(), *_theil())

__all__ = ["MEASURES", "Agglomeration", "density_against_whole", "reference_of"]
