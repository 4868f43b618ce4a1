"""The plan is reviewed, decided together, issued, filed, and read by the public."""

from tests.web.browser.year.planning import TITLE
from tests.web.browser.year.story import steps

NUMBER = "沈医保发〔2025〕3号"


def play(story):
    """Three offices, three hands; whoever drew the plan up cannot decide on it."""
    people, plan = story.people, story.kept["plan"]
    said = {"number": "沈医保审〔2025〕1号", "opinion": "没有限定经营者，标准公开。"}
    steps(people.legal, plan, "fair_review", fairness="no_harm", **said)
    steps(people.legal, plan, "legal_review", lawfulness="lawful", **said)
    steps(
        people.leader, plan, "deliberate", meeting="局长办公会2025年第3次", members="7",
        present="6", consent="agreed", number="沈医保纪〔2025〕3号",
    )  # fmt: skip
    steps(
        people.leader, plan, "issue", document_number=NUMBER, since="2025-02-10",
        valid_through="2025-12-31",
    )  # fmt: skip
    people.planner.go(f"/procedure/{plan}/").sees(NUMBER).picture("04-issued")
    steps(people.planner, plan, "file", filed_with="省医疗保障局", number="辽医保备〔2025〕9号")
    citizen = story.edition("04-edition")
    citizen.go("/plans/").press(TITLE).sees(NUMBER).picture("04-public-plan")
    citizen.go("/consultations/").press("公开征求意见的公告").sees("已采纳").picture(
        "04-public-answer"
    )
    people.clerk.go("/cases/places").sees("法库县").picture("04-places")
