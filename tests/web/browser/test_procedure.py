"""A plan from its draft to issue, filing and review, by three people in Chromium; days pass."""

import datetime as dt
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.browser.conftest import Served, free_port

pytestmark = pytest.mark.browser

FIRST = dt.date(2026, 3, 2)
_PREPARE = """
import datetime as dt, sys
from pathlib import Path
from dingdian.web.setting_up import start_django
start_django(Path(sys.argv[1]))
from tests.web.procedures import make_plan
print(make_plan(Path(sys.argv[2]), title="大兴安岭地区医保定点区域规划").pk)
"""
_RECEIVE = """
import sys
from pathlib import Path
from dingdian.web.setting_up import start_django
start_django(Path(sys.argv[1]))
from dingdian.web.procedure.receiving import receive
print(receive(int(sys.argv[2]), [
    {"public_id": f"0000-{n}", "kind": kind, "name": name, "contact": "13800000000",
     "text": text, "received_at": "2026-03-12T10:00:00+08:00"}
    for n, (kind, name, text) in enumerate([
        ("institution", "某某大药房", "建议在林场职工较多的镇增加一家药店名额。"),
        ("insured", "王小明", "慢病取药不方便，希望乡镇卫生院开通门诊统筹。"),
        ("expert", "李教授", "服务圈宜按路网时间而非直线距离测算，并公布所用数据。"),
    ])
]))
"""


class Office(Served):
    """A running sample whose day can be set: it is begun again on another one."""

    def __init__(self, folder):
        self.port = free_port()
        super().__init__(folder, self.port)
        self.config = folder / "dingdian.toml"
        kept = self.config.read_text("utf-8")
        self._kept = re.sub(r"^rehearsal_day = .*\n", "", kept, flags=re.MULTILINE)

    def on(self, day):
        """Begin again on a day."""
        self.stop()
        self.config.write_text(f"{self._kept}rehearsal_day = {day.isoformat()}\n", "utf-8")
        words = [sys.executable, "-m", "dingdian", "serve", "--config", str(self.config)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log)
        self._wait()

    def run(self, script, *words):
        """Run a script in the office's own configuration; what it said."""
        done = subprocess.run(
            [sys.executable, "-c", script, str(self.config), *map(str, words)],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3],
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.split()[-1]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    found = Office(tmp_path_factory.mktemp("procedure") / "office")
    yield found
    found.stop()


@pytest.fixture(scope="module")
def plan(served, tmp_path_factory):
    """A plan with a version, made by the planner from the office's own ledger."""
    out = tmp_path_factory.mktemp("made") / "plan"
    subprocess.run(
        [sys.executable, "-m", "dingdian", "plan", str(served.folder / "ledger"), "--policy",
         "daxinganling", "--year", "2026", "--out", str(out)],
        check=True, capture_output=True,
    )  # fmt: skip
    pk = served.run(_PREPARE, out)
    shutil.rmtree(out)
    return pk


def record(page, pk, step, **facts):
    """Fill in the form of a step and send it."""
    page.goto(f"/procedure/{pk}/step/{step}/")
    fill(page, facts)
    page.click(".form-acts button.main")
    page.wait_for_load_state()
    assert page.locator(".told.success").count() == 1, page.inner_text("main")


def fill(page, facts):
    for name, value in facts.items():
        field = page.locator(f"[name={name}]").first
        kind = field.get_attribute("type")
        if kind == "radio":
            page.check(f"[name={name}][value={value}]")
        elif kind == "checkbox":
            for box in page.locator(f"[name={name}]").all():
                box.set_checked(box.get_attribute("value") in value)
        elif kind == "file":
            field.set_input_files(value)
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def both(enter, picture, who, address, name):
    """A picture of a page in both languages; no scrolling sideways, nothing in the console."""
    for language, short in (("zh-hans", "zh"), ("en", "en")):
        page = enter(who, language)
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        assert not wide, address
        picture(page, name, short)
        assert page.faults == []


@pytest.mark.clause("DX-16", "DX-38")
def test_a_plan_is_consulted_reviewed_decided_issued_filed_and_reviewed_again(  # noqa: PLR0915 -- one way, told in one go
    served, plan, enter, picture, tmp_path
):
    opinion = tmp_path / "审查意见.pdf"
    opinion.write_bytes(b"%PDF-1.4\n%%EOF\n")
    address = f"/procedure/{plan}/"

    served.on(FIRST)
    both(enter, picture, "planner", address, "procedure-drafting")
    both(enter, picture, "planner", f"{address}step/open_consultation/", "procedure-step-consult")
    planner = enter("planner")
    record(
        planner, plan, "open_consultation", version="1", through="2026-04-02",
        channel="地区行署网站、各县市公示栏", text="请于截止日期前提出意见。",
        documents=["1/papers/resource_plan.docx", "1/papers/resource_plan.pdf"],
    )  # fmt: skip
    assert served.run(_RECEIVE, plan) == "3"
    planner.goto(f"{address}comments/enter/")
    fill(planner, {"kind": "insured", "name": "赵大爷", "text": "希望保留村卫生室。"})
    planner.click(".form-acts button.main")
    both(enter, picture, "planner", f"{address}comments/", "procedure-comments")

    planner.goto(f"{address}step/close_consultation/")
    planner.click(".form-acts button.main")
    assert "尚未期满" in planner.inner_text(".fault")
    picture(planner, "procedure-refused", "zh")

    served.on(dt.date(2026, 4, 3))
    planner = enter("planner")
    record(planner, plan, "close_consultation")
    planner.goto(f"{address}comments/?outcome=open")
    planner.locator("tbody a").first.click()
    answers = ("adopted", "partly", "not_adopted", "adopted")
    for n, outcome in enumerate(answers):
        if n == 0:
            where = planner.url.replace(served.address, "")
            both(enter, picture, "planner", where, "procedure-comment")
        fill(planner, {"outcome": outcome, "answer": f"答复 {n + 1}：已研究，理由如下。"})
        planner.click(".form-acts button.main")
        planner.wait_for_load_state()
    with planner.expect_download() as download:
        planner.click("text=采纳情况表 xlsx")
    assert download.value.suggested_filename.endswith(".xlsx")
    record(planner, plan, "answer_comments")

    legal = enter("legal")
    both(enter, picture, "legal", f"{address}step/fair_review/", "procedure-step-fair")
    common = {"number": "大医保审〔2026〕1号", "opinion": "没有限定经营者，标准公开。"}
    record(legal, plan, "fair_review", fairness="no_harm", papers=str(opinion), **common)
    record(legal, plan, "legal_review", lawfulness="lawful", **common)
    leader = enter("leader")
    record(
        leader, plan, "deliberate", meeting="局长办公会2026年第4次", members="7", present="6",
        consent="agreed", number="大医保纪〔2026〕4号",
    )  # fmt: skip
    both(enter, picture, "leader", f"{address}step/issue/", "procedure-step-issue")
    record(
        leader, plan, "issue", document_number="大医保发〔2026〕5号", since="2026-04-03",
        valid_through="2030-06-30",
    )  # fmt: skip
    both(enter, picture, "planner", address, "procedure-issued")
    planner = enter("planner")
    record(planner, plan, "file", filed_with="省医疗保障局", number="黑医保备〔2026〕21号")

    served.on(dt.date(2028, 4, 3))
    planner = enter("planner")
    record(
        planner, plan, "open_review", reason="规划中期", span_since="2026-04-03",
        span_through="2028-04-02",
    )  # fmt: skip
    leader = enter("leader")
    leader.goto(f"{address}outcomes/")
    leader.click("main form.filters button")
    leader.wait_for_selector("main td a.num", timeout=60_000)
    both(enter, picture, "leader", f"{address}outcomes/", "procedure-outcomes")
    record(leader, plan, "conclude_review", finding="amend", reason="药店名额没有用完。")
    planner = enter("planner")
    planner.goto(address)
    planner.click("main a.button.main")
    planner.click(".form-acts button.main")
    planner.wait_for_load_state()
    assert "修订" in planner.inner_text("h1")
    both(enter, picture, "planner", address, "procedure-to-amend")
    text = enter("planner")
    text.goto(address)
    assert re.search(r"[0-9a-f]{64}", text.inner_text("main"))
    assert "审查意见.pdf" in text.inner_text("main")
