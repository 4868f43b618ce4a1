"""The year before is assessed: scores, ranks, the last of its class, and who decides."""

from dingdian.core.assessment.contract import OF_PERSONS, TABLES
from dingdian.samples.assessments.sheets import MEDICAL_SY, PHARMACY
from dingdian.samples.sample import num
from dingdian.storage.workbook_write import write_workbook
from tests.web.browser.year.story import case_of
from tests.web.browser.year.town import YEAR
from tests.web.installations import dingdian

SHEETS = {name: each for name, each in TABLES.items() if name not in OF_PERSONS}
_GOOD, _LAST = 88, 64
_CLAUSE = "第四十五条"
#: A year is assessed once it is over.
ASSESSED = YEAR - 1


def play(story):
    """The leaver is the last of its class for the third year, and its agreement is not renewed."""
    story.on(YEAR, 6, 24)
    book = story.folder / "考核.xlsx"
    write_workbook(_tables(story.town), book, SHEETS)
    run(story, book)
    clerk = story.people.clerk
    case = story.kept["leaving"] = case_of(clerk, story.town.leaver["code"])
    clerk.go(f"/cases/of/{case}").sees("年度考核", f"{ASSESSED}年度", "决定不续签").picture(
        "10-assessed"
    )
    leaver = story.people.leaver.go(f"/my/cases/{case}")
    leaver.sees("决定不续签", "不再续签").picture("10-told")


def run(story, book):
    """Assessed and entered by command: no page does it yet."""
    census, out = story.folder / "census-for-assessment", story.folder / "assessed"
    ledger = ("--ledger", story.office.ledger)
    dingdian("ledger", "census", *ledger, "--on", story.office.day, "--out", census)
    said = dingdian(
        "assess", census, book, "--policy", "shenyang", "--year", ASSESSED, "--out", out,
        "--institution", story.town.leaver["code"],
    )  # fmt: skip
    assert "不再续签" in said, said
    dingdian("ledger", "assess", out, *ledger, "--by", "clerk")


def _tables(town):
    """The workbook of the assessment: everybody scored, one of them last, heard and confirmed."""
    tables = {name: [] for name in SHEETS}
    said = {
        "id": f"SYKH{ASSESSED}", "year": str(ASSESSED), "assessed_on": f"{YEAR}-06-24",
        "assessed_by": "经办机构", "invented": "是",
    }  # fmt: skip
    tables["assessment"] = [{"item": item, "value": value} for item, value in said.items()]
    leaver = town.leaver["code"]
    agreed = {row["institution"] for row in town.tables["agreements"]}
    for row in town.tables["institutions"]:
        if row["code"] in agreed:
            _score(tables, row, _LAST if row["code"] == leaver else _GOOD)
    day = town.day
    tables["agreement_terms"] = [{"step": "do_not_renew", "clause": _CLAUSE}]
    tables["hearings"] = [
        {
            "institution": leaver, "notified_on": day(6, 10), "heard_on": day(6, 17),
            "waived": False, "record": "听证记录1号",
        }
    ]  # fmt: skip
    tables["confirmations"] = [
        {
            "institution": leaver, "step": "do_not_renew", "confirmed_by": "周明",
            "confirmed_on": day(6, 20), "minute": "局长办公会纪要〔2025〕21号",
        }
    ]  # fmt: skip
    tables["past_scores"] = [r for r in town.tables["past_scores"] if r["institution"] == leaver]
    return tables


def _score(tables, row, hundredths):
    """Every item of its sheet at so many hundredths of full points."""
    sheet = PHARMACY if row["kind"] == "retail_pharmacy" else MEDICAL_SY
    for item, full in sheet.full.items():
        service = sheet.service.get(item)
        if service is None or row.get(service) is True:
            points = num(full * hundredths * 2 // 100) / 2
            tables["scores"].append({"institution": row["code"], "item": item, "points": points})
    for item in sheet.results:
        said = {"institution": row["code"], "item": item, "result": num(hundredths)}
        tables["surveys"].append({**said, "answers": num(60)})
