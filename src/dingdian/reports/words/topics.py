"""Which measures stand together in an indicator table, in the order a planner reads them.

Numerators and denominators stand beside their ratios, so that the workbook can compute the
ratio from the cells of its row.
"""
# ruff: noqa: E501 -- a table reads best with one topic a line

from __future__ import annotations

from dataclasses import dataclass

from dingdian.core.census.vocabulary import BED_CLASSES, KINDS, LEVELS, SERVICES, TYPES
from dingdian.core.indicators.beds import STEERED


@dataclass(frozen=True, slots=True)
class Topic:
    """A table of measures: ``id`` names its title, ``sheet`` the sheet that it stands on.

    ``clause``: shown only where the policy has it; empty shows it everywhere.
    """

    id: str
    sheet: str
    measures: tuple[str, ...]
    clause: str = ""


_MEDICAL_KINDS = tuple(each for each in KINDS if each != "retail_pharmacy")
_BED_CLASSES = tuple(each for each in BED_CLASSES if each != "dental_chair")

TOPICS: tuple[Topic, ...] = (
    Topic("structure_plain", "structure", ("contracted_beds_tertiary", "contracted_beds_secondary", "contracted_beds_primary", "contracted_beds_three_levels", "share_beds_tertiary", "share_beds_secondary", "share_beds_primary", "contracted_beds_ungraded")),
    Topic("equity", "equity", ("agglomeration_institutions", "agglomeration_population", "area", "hrad", "pad", "hrad_minus_pad", "hrad_over_pad", "hrad_sign")),
    Topic("equity_by_resource", "equity", ("hrad_medical", "hrad_outpatient_pooling", "hrad_pharmacies", "pad_resident", "pad_insured")),
    Topic("inequality", "equity", tuple(
        f"{index}_{of}"
        for of in ("medical", "pharmacies", "beds")
        for index in ("gini_population", "gini_area", "theil", "theil_within", "theil_between", "share_theil_within", "share_theil_between")
    )),
    Topic("pharmacy_services", "pharmacies", ("pharmacies", *(f"{each}_pharmacies" for each in ("personal_account", "outpatient_pooling", "outpatient_mutual_aid", "outpatient_chronic", "outpatient_chronic_special", "dual_channel", "prescription_transfer", "pooled_fund")))),
    Topic("pharmacy_grades", "pharmacies", ("pharmacies", "pharmacies_class_ordinary", "pharmacies_class_pooling", "pharmacies_class_dual_channel", "pharmacies_graded_a", "pharmacies_graded_b", "pharmacies_graded_c", "pharmacies_graded_d", "pharmacies_grade_c")),
    Topic("served", "pharmacies", ("insured", "pharmacies", "insured_per_pharmacy", "pooling_or_mutual_aid_pharmacies", "any_pooled_service_pharmacies", "pooled_fund_pharmacies", "insured_per_pooled_pharmacy")),
    Topic("people", "people", ("resident", "insured_employee", "insured_resident", "insured", "area", "density_people")),
    Topic("ageing", "people", ("resident", "aged_60", "share_aged_60", "aged_65", "share_aged_65", "aged_80", "share_aged_80", "elderly")),
    Topic("stock", "stock", ("medical_institutions", "pharmacies", "institutions", "undesignated_medical", "undesignated_pharmacies")),
    Topic("growth", "stock", ("growth_institutions", "growth_medical", "growth_pharmacies", "growth_insured", "growth_beds")),
    Topic("levels", "stock", ("medical_institutions", "medical_tertiary", "medical_secondary", "medical_primary", "medical_ungraded", "medical_public", "medical_private", "medical_public_hospitals", "medical_primary_care")),
    Topic("level_shares", "stock", ("medical_institutions", "share_medical_public_hospitals", "share_medical_primary_care", "share_medical_public", "share_medical_private")),
    Topic("medical_services", "stock", tuple(f"{each}_institutions" for each in SERVICES)),
    Topic("kinds", "stock", tuple(f"medical_kind_{each}" for each in _MEDICAL_KINDS)),
    Topic("types", "stock", tuple(f"medical_type_{each}" for each in TYPES)),
    Topic("inpatient_levels", "structure", ("inpatient_institutions", *(f"inpatient_level_{each}" for each in LEVELS)), clause="SY-13"),
    Topic("density", "density", ("area", "insured", "resident", "medical_institutions", "medical_per_10k_km2", "medical_per_10k_insured", "medical_per_10k_resident", "pharmacies", "pharmacies_per_10k_km2", "pharmacies_per_10k_insured", "pharmacies_per_10k_resident")),
    Topic("located", "circles", ("resident", "localities", "located_persons", "located_share", "circle_persons")),
    *(
        Topic(f"circle_{of}", "circles", ("circle_persons", f"covered_1_{of}", *(f"share_covered_{n}_{of}" for n in (1, 2, 3))))
        for of in ("pharmacies", "medical_institutions")
    ),
    *(
        Topic(f"circle_{of}", "circles", ("circle_persons", f"covered_1_{of}", f"share_covered_1_{of}"))
        for of in ("dual_channel_pharmacies", "outpatient_pooling_institutions", "inpatient_institutions")
    ),
    Topic("circle_unserved", "circles", tuple(f"unserved_{what}_{of}" for of in ("pharmacies", "medical_institutions") for what in ("persons", "localities"))),
    Topic("circle_area", "circles", ("area", "outline_area", *(name for of in ("pharmacies", "medical_institutions") for name in (f"covered_area_1_{of}", *(f"share_covered_area_{n}_{of}" for n in (1, 2, 3)))))),
    Topic("circle_localities", "circles", ("localities", *(f"{share}covered_localities_{of}" for of in ("pharmacies", "medical_institutions") for share in ("", "share_")))),
    Topic("beds", "beds", ("approved_beds", "open_beds", "contracted_beds", "all_approved_beds", "all_open_beds", "contracted_beds_general_pool")),
    Topic("bed_ratios", "beds", ("resident", "insured", "beds_in_ratio", "beds_per_1000_resident", "beds_per_1000_insured", "beds_per_1000", "contracted_beds_in_ratio", "contracted_beds_per_1000_resident", "contracted_beds_per_1000_insured", "contracted_beds_per_1000")),
    Topic("bed_classes", "beds", ("contracted_beds", *(f"contracted_beds_{each}" for each in BED_CLASSES))),
    Topic("bed_classes_per_1000", "beds", ("bed_population", *(f"contracted_beds_{each}_per_1000" for each in _BED_CLASSES))),
    Topic("bed_shares", "beds", ("contracted_beds", *(f"share_beds_{each}" for each in _BED_CLASSES))),
    Topic("regional_bed_shares", "beds", ("beds_by_basis", *(f"share_regional_beds_{each}" for each in STEERED)), clause="DX-13"),
    Topic("bed_use", "care", ("inpatient_institutions", "bed_use_reporting", "occupied_bed_days", "open_bed_days", "bed_use_known", "bed_use")),
    Topic("out_of_area", "care", ("spending_out_of_area", "spending_total", "out_of_area_share", "purchased_beds", "purchased_beds_amount")),
    Topic("elderly", "care", ("elderly", "elderly_kind_institutions", "elderly_type_hospitals", "elderly_institutions", "elderly_beds", "elderly_beds_per_1000_aged")),
    Topic("fund_last_year", "fund", (*(f"fund_{what}_last_year_{of}" for of in ("employee_pool", "employee_account", "resident_pool", "all") for what in ("income", "spending", "result")), "fund_result_last_year")),
    Topic("fund_this_year", "fund", (*(f"fund_{what}_this_year_{of}" for of in ("employee_pool", "employee_account", "resident_pool", "all") for what in ("income", "spending", "result")), "fund_result_this_year")),
    Topic("fund_reserve", "fund", (*(f"{what}_{of}" for of in ("employee_pool", "resident_pool", "all") for what in ("fund_balance", "fund_spending_12_months", "reserve_months_held", "fund_balance_forecast", "reserve_months_forecast")), "reserve_months", "warning_letters")),
    Topic("need_inputs", "need", ("insurer_needed_beds", "need_bed_days", "bed_days_out", "bed_days_in", "inpatient_budget", "cost_per_bed_day")),
)  # fmt: skip

#: Steps of the bed-need model; each has a value, a low and a high end.
NEED_STEPS = ("net_days", "beds", "beds_fund", "beds_modelled", "per_1000_modelled")
NEED_BOUNDS = ("", "_low", "_high")
