"""What messages say, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dingdian.core.lifecycle.moves import MOVES
from dingdian.web.bureau import lang
from dingdian.web.inbox.models import Message

KINDS: Mapping[str, Promise] = MappingProxyType(
    {
        "proposal": _("%(move)s of %(name)s waits for you to confirm it."),
        "proposal_confirmed": _("%(move)s of %(name)s was confirmed and recorded."),
        "proposal_returned": _("%(move)s of %(name)s was sent back: %(why)s"),
        "asked": _("%(name)s: recorded by the office: %(move)s."),
        "handed_in": _("%(name)s: handed in by the institution: %(move)s."),
        "appealed": _("Assessment of %(year)s: an appeal against points came in. %(name)s"),
        "intake_asked": _("The window from %(opens)s through %(closes)s waits to be confirmed."),
        "intake_set": _("The window from %(opens)s through %(closes)s was confirmed."),
        "intake_returned": _("The window from %(opens)s through %(closes)s was sent back: %(why)s"),
        "round_proposal": _("The round %(name)s waits for you to confirm its entries."),
        "round_confirmed": _("The round %(name)s was confirmed: %(n)s entries were recorded."),
        "round_returned": _("The round %(name)s was sent back: %(why)s"),
        "letter": _("%(name)s: letter %(number)s was served."),
        "objection": _("%(name)s: an objection to its public notice came in."),
        "complaint": _("A complaint or finding came in: %(receipt)s."),
        "panel_drawn": _("%(name)s: you were drawn to evaluate it."),
        "panel_closed": _("%(name)s left its evaluation by %(move)s: the panel is closed."),
        "panel_reopened": _("%(name)s is in evaluation again: the panel is open."),
        "panel_left": _("%(name)s: expert %(expert)s keeps away from the evaluation."),
        "panel_short": _("%(name)s: a seat of the panel is free and nobody could take it."),
        "panel_scored": _("%(name)s: every expert has filled in their sheet."),
        "scores": _("The scores of %(year)s can be seen; appeals through %(through)s."),
        "score_answered": _("An appeal against the scores of %(year)s was decided."),
        "hearing_told": _("Assessment of %(year)s: told on %(day)s; you may be heard."),
        "hearing_held": _("Assessment of %(year)s: your hearing of %(day)s was recorded."),
        "hearing_waived": _("Assessment of %(year)s: that you waived the hearing was recorded."),
        "measure": _("Assessment of %(year)s: something waits for you to confirm it. %(name)s"),
        "deputy": _("%(name)s is away from %(since)s through %(through)s: you stand in."),
    }
)


def said(message: Message) -> str:
    """A message in words; its code where there are none."""
    words = KINDS.get(message.kind)
    facts = dict(message.facts)
    if "move" in facts and facts["move"] in MOVES:
        facts["move"] = MOVES[facts["move"]].name.say(lang())
    return str(words) % facts if words else message.kind
