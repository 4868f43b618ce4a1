"""A round being filled: sound applications first, then what is wrong with some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dingdian.core.admission.contract import TABLES
from dingdian.core.census import Cell
from dingdian.samples.codes import credit_code
from dingdian.samples.ledger import FLAGS
from dingdian.samples.rounds.spots import Spot
from dingdian.samples.sample import Row, Tables, num

NOTE = "示例数据，申请机构、人员、记录和评估均为虚构。"

#: Conditions that a fact says yes to, and those that ask for a number.
MEDICAL_CONDITIONS = ("insurance_head", "core_systems", "information_system")
PHARMACY_CONDITIONS = ("drug_licence", "gsp_zoning", "core_systems", "information_system")
NUMBERS = {"physicians": 3, "pharmacists": 2, "insurance_staff": 2}
#: Grounds of refusal that were looked for and not found.
MEDICAL_BARS = ("outside_basic_care", "price_policy")
MEDICAL_MATERIALS = (
    "application_form",
    "licence_copy",
    "system_texts",
    "information_materials",
    "fund_use_forecast",
)
PHARMACY_MATERIALS = (
    "application_form",
    "licences_and_identity",
    "pharmacist_certificates",
    "insurance_staff_contracts",
    "system_texts",
    "information_materials",
    "fund_use_forecast",
)
MEDICAL_PASSED = (
    "licence",
    "staff_registration",
    "facilities",
    "management_systems",
    "direct_settlement",
)
PHARMACY_PASSED = (
    "licences_and_persons",
    "pharmacist_contracts",
    "insurance_contracts",
    "drug_labels",
    "management_systems",
    "direct_settlement",
)
TOTAL = "示例综合评分"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a round: applications from ``opened`` on, decided on ``decided``."""

    opened: dt.date
    closed: dt.date
    published: dt.date
    decided: dt.date


class Applying:
    """The tables of a round, filled application by application."""

    def __init__(self, prefix: str, days: Calendar, *, seed: str, bars: Iterable[str] = ()) -> None:
        """``prefix`` begins every id; ``bars`` are the grounds that the place adds."""
        self.prefix, self.days = prefix, days
        self.bars = (*MEDICAL_BARS, *bars)
        self.tables: Tables = {name: [] for name in TABLES}
        facts = {
            "id": prefix,
            "year": str(days.decided.year),
            "decided_on": days.decided.isoformat(),
            "lottery_seed": seed,
            "seed_published_on": days.published.isoformat(),
            "opened_from": days.opened.isoformat(),
            "opened_through": days.closed.isoformat(),
            "invented": "是",
            "note": NOTE,
        }
        self.tables["round"] = [{"item": item, "value": value} for item, value in facts.items()]

    def apply(
        self,
        name: str,
        kind: str,
        district: str,
        spot: Spot | None,
        *,
        services: str,
        score: int = 80,
        beds: dict[str, int] | None = None,
        **cells: Cell,
    ) -> str:
        """Add an application that nothing is wrong with; returns its id.

        ``services`` as people write them; ``score`` of a hundred; ``beds`` by class; ``cells``
        replace those of the application.
        """
        number = len(self.tables["applications"]) + 1
        code = f"{self.prefix}-{number:03d}"
        given = cells.get("applied_on")
        drawn = self.days.opened + dt.timedelta(days=number % 10)
        applied = given if isinstance(given, dt.date) else drawn
        public = cells.get("ownership") == "public"
        lon, lat = spot or (None, None)
        row: Row = {
            "code": code,
            "name": f"{name}（示例{number:02d}）",
            "kind": kind,
            "ownership": "private",
            "region": district,
            "address": f"示例路{number}号",
            "lon": lon,
            "lat": lat,
            "crs": "cgcs2000" if spot else None,
            "position_error_m": num(5),
            "services": services,
            "moved": False,
            "uscc": credit_code(district, 900_000 + number, public=public),
            "opened_on": dt.date(self.days.decided.year - 1, 3, 1),
            "applied_on": applied,
            "accepted_on": applied + dt.timedelta(days=5),
        }
        row.update(dict.fromkeys(FLAGS, False))
        self.tables["applications"].append({**row, **cells})
        for bed_class, n in (beds or {}).items():
            request: Row = {"application": code, "bed_class": bed_class, "beds": num(n)}
            self.tables["bed_requests"].append(request)
        self._people(code, number)
        self._papers(code, applied, pharmacy=kind == "retail_pharmacy")
        asked = sum((beds or {}).values())
        self._checked(code, pharmacy=kind == "retail_pharmacy", large=asked >= 100)
        self._evaluated(code, score, pharmacy=kind == "retail_pharmacy")
        return code

    def _people(self, code: str, number: int) -> None:
        for role, at in (("legal_person", 1), ("head", 2), ("controller", 1)):
            self.tables["people"].append(
                {
                    "application": code,
                    "role": role,
                    "name": f"示例人员{number:02d}{'甲乙'[at - 1]}",
                    "id_number": f"示例证件{number:04d}{at}",
                }
            )

    def _papers(self, code: str, applied: dt.date, *, pharmacy: bool) -> None:
        for item in PHARMACY_MATERIALS if pharmacy else MEDICAL_MATERIALS:
            dated = applied - dt.timedelta(days=3)
            self.tables["materials"].append(
                {"application": code, "item": item, "dated": dated, "received_on": applied}
            )

    def _checked(self, code: str, *, pharmacy: bool, large: bool) -> None:
        yes = PHARMACY_CONDITIONS if pharmacy else MEDICAL_CONDITIONS
        facts: dict[str, Row] = {item: {"yes": True} for item in yes}
        numbered = ("pharmacists", "insurance_staff") if pharmacy else ("physicians",)
        facts |= {item: {"amount": num(NUMBERS[item])} for item in numbered}
        if not pharmacy:
            facts |= {item: {"yes": False} for item in self.bars}
        if large:
            facts["insurance_department"] = {"yes": True}
        found: Row = {
            "found_on": self.days.closed + dt.timedelta(days=10),
            "by": "示例核查组",
            "evidence": "示例现场核查记录",
        }
        for item, answer in facts.items():
            self.tables["facts"].append({"application": code, "item": item, **answer, **found})

    def _evaluated(self, code: str, score: int, *, pharmacy: bool) -> None:
        seen: Row = {
            "application": code,
            "evaluated_on": self.days.closed + dt.timedelta(days=20),
            "by": "示例评估组",
        }
        for item in PHARMACY_PASSED if pharmacy else MEDICAL_PASSED:
            row: Row = {**seen, "part": "qualitative", "item": item, "passed": True}
            self.tables["scores"].append(row)
        whole: Row = {"part": "quantitative", "item": TOTAL, "score": num(score), "full": num(100)}
        self.tables["scores"].append({**seen, **whole})

    def drop(self, table: str, code: str, item: str) -> None:
        """Take an item of an application away again: nobody said anything of it."""
        rows = self.tables[table]
        rows[:] = [r for r in rows if (r["application"], r["item"]) != (code, item)]

    def change(self, table: str, code: str, item: str, **cells: Cell) -> None:
        """Change the row of an item of an application; it is added where there is none."""
        for row in self.tables[table]:
            if (row["application"], row["item"]) == (code, item):
                row.update(cells)
                return
        self.tables[table].append({"application": code, "item": item, **cells})

    def of(self, code: str) -> Row:
        """The row of an application."""
        return next(r for r in self.tables["applications"] if r["code"] == code)

    def record(self, item: str, **cells: Cell) -> None:
        """Add an entry to the records of the bureau."""
        number = f"示例记录{len(self.tables['records']) + 1:03d}"
        document = f"示例决定{len(self.tables['records']) + 1}号"
        self.tables["records"].append(
            {"number": number, "item": item, "document": document, **cells}
        )
