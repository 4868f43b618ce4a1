"""The frame of every report of a round: its title and what it was decided from."""

from __future__ import annotations

from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.frame import city_name, plan_text
from dingdian.reports.words.decisions import BASIS, TITLE, TITLE_PLAIN


def round_title(words: CaseWords) -> str:
    """The title of a round; by its year where the round has no name."""
    record = words.record
    title = TITLE if record.round.id else TITLE_PLAIN
    return words.say(title, city=city_name(words), round=record.round.id, year=record.year)


def round_basis(words: CaseWords) -> str:
    """The day of decision, the plan whose places are handed out, and its text."""
    record = words.record
    plan, standing = plan_text(words)
    return words.say(
        BASIS,
        day=words.day(record.decided_on),
        year=record.year,
        stock=words.day(record.stock_day),
        plan=plan,
        standing=standing,
    )
