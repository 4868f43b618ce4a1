"""In its guidance the clinic breaks a rule: it is told to mend it, and guided for longer."""

from tests.web.browser.year.story import record


def play(story):
    """The supervisor finds it; the clerk extends the guidance by six months (SY-20)."""
    story.on(2025, 6, 10)
    people, case = story.people, story.kept["case"]
    why = "现场检查：外配处方留存不全三份，情节较轻"
    record(people.supervisor, case, "order_rectification", reason=why).picture("09-found")
    people.newcomer.go(f"/my/cases/{case}").sees("责令整改").picture("09-told")
    record(people.clerk, case, "extend_guidance", severity="minor", reason=why)
    people.clerk.picture("09-extended")
    lines = people.clerk.page.locator("main tbody tr").filter(has_text="延长辅导期")
    said = " ".join(lines.first.inner_text().split())
    assert "辅导期届满日期 2026年3月11日 情节 较轻" in said, said
    assert "SY-20" in said, said
