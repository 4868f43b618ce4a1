"""The year before is assessed: scores, ranks, the last of its class, and who decides."""

from dingdian.core.assessment.contract import OF_PERSONS, TABLES
from dingdian.samples.assessments.sheets import MEDICAL_SY, PHARMACY
from dingdian.samples.sample import num
from dingdian.storage.workbook_write import write_workbook
from tests.web.browser.year.people import LONG
from tests.web.browser.year.story import case_of
from tests.web.browser.year.town import YEAR

#: What is recorded on screen, or has a register of its own, does not stand in the workbook.
SHEETS = {
    name: each
    for name, each in TABLES.items()
    if name not in (*OF_PERSONS, "hearings", "confirmations")
}
_GOOD, _LAST = 88, 64
_CLAUSE = "第四十五条"
#: A year is assessed once it is over.
ASSESSED = YEAR - 1


def play(story):
    """The leaver is the last of its class for the third year, and its agreement is not renewed."""
    story.on(YEAR, 6, 24)
    story.kept["leaving"] = case_of(story.people.clerk, story.town.leaver["code"])
    book = story.folder / "考核.xlsx"
    write_workbook(_tables(story.town), book, SHEETS)
    assessor = story.people.assessor
    assessor.go("/assessments/").fill(year=ASSESSED, appeals_through=f"{YEAR}-07-05").send()
    assessor.go(f"/assessments/{ASSESSED}").fill(files=str(book))
    assessor.page.locator("form[action$='/upload'] button").click()
    _wait_until_assessed(assessor)
    _hear(story)
    _decide(story)
    _enter(story)


def _wait_until_assessed(assessor):
    """Wait on the page of a version until it is assessed."""
    assessor.page.locator("h1 .tag", has_text="已考核").wait_for(timeout=LONG)


def _again(assessor):
    """Assess again with what was recorded since."""
    assessor.go(f"/assessments/{ASSESSED}").page.fill("#again_remark", "登记以后重新考核")
    assessor.page.locator("form[action$='/again'] button").click()
    _wait_until_assessed(assessor)


def _hear(story):
    """The last of its class is told and heard."""
    assessor, code = story.people.assessor, story.town.leaver["code"]
    _of(assessor, code).sees("不再续签").picture("10-last-of-its-class")
    assessor.page.locator("summary", has_text="登记陈述申辩").click()
    for name, said in (("notified_on", "06-10"), ("heard_on", "06-17")):
        assessor.page.fill(f"#hearing_{name}", f"{YEAR}-{said}")
    assessor.page.fill("#hearing_record", "陈述申辩记录1号")
    assessor.page.locator("form[action*='/hearing/'] button.main").click()
    assessor.sees_done()
    _again(assessor)


def _of(assessor, code):
    """The page of an institution in the version that holds."""
    version = assessor.page.url.rpartition("/versions/")[2].partition("/")[0]
    return assessor.go(f"/assessments/versions/{version}/of/{code}")


def _decide(story):
    """A step is asked for, and the leader confirms it."""
    assessor = story.people.assessor
    _of(assessor, story.town.leaver["code"])
    assessor.page.locator("summary", has_text="提请采取：不再续签").click()
    assessor.page.fill("#do_not_renew_minute", "局长办公会纪要〔2025〕21号")
    assessor.page.locator("details[open] form[action*='/step/'] button.main").click()
    assessor.sees_done()
    _confirm(story.people.leader, "10-decided")
    _again(assessor)


def _confirm(leader, picture):
    """The leader confirms what waits."""
    leader.go(f"/assessments/{ASSESSED}/measures")
    leader.page.locator("main section").first.locator("tbody a").first.click()
    leader.picture(picture)
    leader.page.locator("button[value=confirm]").click()
    leader.sees_done()


def _enter(story):
    """Results and the confirmed step become entries of the cases; the clinic reads its own."""
    assessor, case = story.people.assessor, story.kept["leaving"]
    version = assessor.page.url.rpartition("/")[2]
    assessor.go(f"/assessments/versions/{version}/groups").picture("10-groups")
    assessor.go(f"/assessments/versions/{version}/entry").send()
    _confirm(story.people.leader, "10-entry")
    assessor.go(f"/assessments/versions/{version}/entry")
    assessor.page.locator(".told.success", has_text="已登入").wait_for(timeout=LONG)
    clerk = story.people.clerk.go(f"/cases/of/{case}")
    clerk.sees("年度考核", f"{ASSESSED}年度", "决定不续签").picture("10-assessed")
    leaver = story.people.leaver.go(f"/my/cases/{case}")
    leaver.sees("决定不续签", "不再续签").picture("10-told")


def _tables(town):
    """The workbook of the assessment: everybody scored, one of them last."""
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
    tables["agreement_terms"] = [{"step": "do_not_renew", "clause": _CLAUSE}]
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
