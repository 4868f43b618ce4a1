"""The public is asked: a draft on the public site, a comment written there, an answer."""

from tests.web.browser.year.story import steps

SAID = "希望镇上的诊所也能门诊统筹报销。"


def play(story):
    """From the submissions to the end of the consultation, with the signed exchange both ways."""
    planner, plan = story.people.planner, story.kept["plan"]
    steps(planner, plan, "take_submissions", version="1", missing="其余区县本年未申报")
    steps(
        planner, plan, "open_consultation", version="1", title="公开征求意见的公告",
        through="2025-02-07", channel="公众网站", text="请提出意见。",
    )  # fmt: skip
    citizen = story.edition("03-edition")
    citizen.go("/consultations/").press("公开征求意见的公告").fill(kind="insured", text=SAID)
    citizen.picture("03-public-draft")
    citizen.press("提交意见").sees("意见编号").picture("03-public-thanks")
    story.carry_back()
    planner.sees_done("1").picture("03-exchange")
    planner.go(f"/procedure/{plan}/step/close_consultation/").send()
    planner.is_refused("尚未期满").picture("03-too-early")

    story.on(2025, 2, 10)
    steps(planner, plan, "close_consultation")
    planner.go(f"/procedure/{plan}/comments/").press("希望镇上的诊所")
    planner.fill(outcome="adopted", answer="已采纳：按释放量安排一家。").send()
    planner.go(f"/procedure/{plan}/comments/").sees("采纳").picture("03-answered")
    steps(planner, plan, "answer_comments")
