"""What the codes of the journal mean: acts and the facts beside them, in words.

The steps of a plan, and what they state, have their words in ``core.dossier``. A code that has none
is shown as it stands: the journal tells everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from dingdian.core.dossier import facts as stated
from dingdian.core.dossier.state import PREFIX
from dingdian.core.dossier.steps import STEPS
from dingdian.core.panel.state import PREFIX as PANEL
from dingdian.core.panel.steps import ACTS as PANEL_ACTS
from dingdian.web.bureau import lang

#: Act -> its words, in the order of the areas.
ACTS: Mapping[str, Promise] = MappingProxyType(
    {
        "user.sign_in": _("signed in"),
        "user.sign_out": _("signed out"),
        "user.sign_in_failed": _("sign-in failed"),
        "user.locked": _("name locked"),
        "user.password": _("password changed"),
        "user.create": _("user made"),
        "user.edit": _("user edited"),
        "user.deactivate": _("user taken out of use"),
        "user.reactivate": _("user put into use again"),
        "user.password_reset": _("password reset"),
        "user.unlock": _("name unlocked"),
        "user.sessions_end": _("sessions ended"),
        "role.grant": _("role given"),
        "role.withdraw": _("role taken back"),
        "factor.enrol": _("second factor set up"),
        "factor.verify": _("second factor shown"),
        "factor.recovery": _("recovery code used"),
        "factor.failed": _("second factor failed"),
        "factor.codes": _("new recovery codes"),
        "factor.forget": _("second factor removed"),
        "factor.reset": _("second factor reset"),
        "leave.begin": _("deputy for a leave"),
        "leave.end": _("leave ended"),
        "address.locked": _("address locked"),
        "token.issue": _("token allowed"),
        "token.collect": _("token collected"),
        "token.withdraw": _("token withdrawn"),
        "ledger.export": _("institutions exported"),
        "tasks.export": _("tasks exported"),
        "ledger.workbook_ask": _("ledger asked for as a workbook"),
        "ledger.workbook": _("ledger downloaded as a workbook"),
        "import.upload": _("ledger uploaded"),
        "import.marked": _("workbook with marked cells downloaded"),
        "import.changes": _("changes of an import downloaded"),
        "import.apply": _("import applied"),
        "import.discard": _("import discarded"),
        "import.undo": _("import undone"),
        "case.propose": _("move of a case asked for"),
        "case.confirm": _("move of a case confirmed"),
        "case.send_back": _("move of a case sent back"),
        "case.withdraw": _("asking for a move withdrawn"),
        "round.upload": _("round uploaded"),
        "round.decide": _("round decided"),
        "round.file": _("file of a round downloaded"),
        "round.discard": _("round discarded"),
        "round.propose": _("entries of a round asked for"),
        "round.enter": _("round entered"),
        "round.send_back": _("entries of a round sent back"),
        "intake.ask": _("window for applications asked for"),
        "intake.set": _("window for applications set"),
        "intake.send_back": _("window for applications sent back"),
        "intake.withdraw": _("asking for a window withdrawn"),
        "round.withdraw": _("asking for the entries of a round withdrawn"),
        "plan.new": _("plan drawn up"),
        "plan.make": _("amending plan drawn up"),
        "plan.advice": _("advice added to a plan"),
        "plan.advice_drop": _("advice taken off a plan"),
        "plan.run": _("run of a plan asked for"),
        "plan.version": _("version of a plan made"),
        "plan.overlay": _("what-if overlay made"),
        "plan.overlay_add": _("change added to an overlay"),
        "plan.overlay_drop": _("change dropped from an overlay"),
        "plan.file": _("file of a plan downloaded"),
        "plan.evidence": _("evidence of a plan downloaded"),
        "outcomes.count": _("count of outcomes asked for"),
        "submission.call": _("submissions called for"),
        "submission.draft": _("demand drafted"),
        "submission.submit": _("demand submitted"),
        "submission.accept": _("demand accepted"),
        "submission.return": _("demand returned"),
        "comment.enter": _("comment entered"),
        "comment.look": _("name and contact of a comment seen"),
        "comment.answer": _("comment answered"),
        "comments.receive": _("comments received"),
        "comments.refuse": _("comments refused"),
        "comments.take": _("comments taken in"),
        "edition.ask": _("public edition asked for"),
        "edition.make": _("public edition made"),
        "edition.download": _("public edition downloaded"),
        "site.keep": _("answer about a place kept"),
        "handover.record": _("hand-over of patients recorded"),
        "letter.make": _("letter made"),
        "letter.serve": _("letter served"),
        "letter.void": _("letter made void"),
        "expert.add": _("expert added to the register"),
        "expert.edit": _("expert of the register changed"),
        "expert.take_in": _("file of experts taken in"),
        "licences.check": _("file of licences held against the ledger"),
        "licences.settle": _("findings about licences settled"),
        "objection.receive": _("objection to a notice received"),
        "objection.record": _("objection to a notice recorded in the ledger"),
        "objection.answer": _("objection to a notice answered"),
        "complaint.receive": _("complaint received"),
        "complaint.enter": _("complaint or finding entered"),
        "complaint.assign": _("complaint given to somebody"),
        "complaint.step": _("complaint led on"),
        "complaint.export": _("complaints exported"),
        "complaint.link": _("complaint linked with what followed"),
        "assessment.open": _("yearly assessment opened"),
        "assessment.upload": _("scores of a yearly assessment uploaded"),
        "assessment.again": _("assessment anew asked for"),
        "assessment.assess": _("version of a yearly assessment made"),
        "assessment.drop": _("version of scores given up"),
        "assessment.show": _("scores shown to the institutions"),
        "assessment.hear": _("hearing recorded"),
        "assessment.appeal": _("appeal against points"),
        "assessment.answer": _("appeal against points decided"),
        "assessment.ask": _("measure of an assessment asked for"),
        "assessment.confirm": _("measure of an assessment confirmed"),
        "assessment.send_back": _("measure of an assessment sent back"),
        "assessment.withdraw": _("asking for a measure withdrawn"),
        "assessment.enter": _("assessment entered in the ledger"),
        "assessment.export": _("results of a yearly assessment exported"),
        "assessment.file": _("file of a yearly assessment downloaded"),
        "survey.make": _("survey made"),
        "survey.close": _("survey closed early"),
        "survey.export": _("results of a survey exported"),
        "points.hand_in": _("points of persons handed in"),
        "points.confirm": _("points of persons confirmed"),
        "points.send_back": _("points of persons sent back"),
        "points.withdraw": _("handing in of points withdrawn"),
        "platform.confirm": _("changes on the national platform confirmed"),
        "platform.reopen": _("confirmation of a change on the national platform taken back"),
        "platform.export": _("changes on the national platform exported"),
        "job.cancel": _("end of long work asked for"),
        "audit.export": _("journal exported"),
        "audit.verify": _("chains verified"),
        "audit.head": _("head of a chain exported"),
        "persons.blank": _("old personal data blanked"),
    }
)
#: Fact of a note -> its words.
FACTS: Mapping[str, Promise] = MappingProxyType(
    {
        "act": pgettext_lazy("fact", "act"),
        "by": pgettext_lazy("fact", "person"),
        "subject": pgettext_lazy("fact", "subject"),
        "district": pgettext_lazy("fact", "district"),
        "about": pgettext_lazy("fact", "about"),
        "address": pgettext_lazy("fact", "address"),
        "adopted": pgettext_lazy("fact", "adopted"),
        "amends": pgettext_lazy("fact", "amends plan"),
        "asked": pgettext_lazy("fact", "asked for"),
        "base": pgettext_lazy("fact", "compared with"),
        "bearer": pgettext_lazy("fact", "served by"),
        "before": pgettext_lazy("fact", "before"),
        "cases": pgettext_lazy("fact", "cases"),
        "cell": pgettext_lazy("fact", "cell"),
        "case": pgettext_lazy("fact", "case"),
        "census": pgettext_lazy("fact", "census"),
        "chain": pgettext_lazy("fact", "chain"),
        "comment_contacts": pgettext_lazy("fact", "contacts of comments"),
        "comments": pgettext_lazy("fact", "comments"),
        "consultations": pgettext_lazy("fact", "consultations"),
        "day": pgettext_lazy("fact", "day"),
        "documents": pgettext_lazy("fact", "documents"),
        "engine": pgettext_lazy("fact", "version of the program"),
        "entries": pgettext_lazy("fact", "entries"),
        "entry": pgettext_lazy("fact", "entry"),
        "faults": pgettext_lazy("fact", "faults"),
        "file": pgettext_lazy("fact", "file"),
        "filter": pgettext_lazy("fact", "filter"),
        "fingerprint": pgettext_lazy("fact", "fingerprint of the result"),
        "form": pgettext_lazy("fact", "format"),
        "fresh": pgettext_lazy("fact", "new ones"),
        "held_comments": pgettext_lazy("fact", "comments held"),
        "import_files": pgettext_lazy("fact", "files of imports"),
        "institutions": pgettext_lazy("fact", "institutions"),
        "items": pgettext_lazy("fact", "items"),
        "job": pgettext_lazy("fact", "long work"),
        "kind": pgettext_lazy("fact", "kind"),
        "manifest": pgettext_lazy("fact", "fingerprint of the files"),
        "move": pgettext_lazy("fact", "move"),
        "n": pgettext_lazy("fact", "number of them"),
        "name": pgettext_lazy("fact", "name"),
        "names": pgettext_lazy("fact", "names tried"),
        "new": pgettext_lazy("fact", "new value"),
        "not_adopted": pgettext_lazy("fact", "not adopted"),
        "notes": pgettext_lazy("fact", "notes"),
        "number": pgettext_lazy("fact", "number"),
        "office": pgettext_lazy("fact", "office"),
        "old": pgettext_lazy("fact", "old value"),
        "outcome": pgettext_lazy("fact", "outcome"),
        "overlay": pgettext_lazy("fact", "overlay"),
        "papers": pgettext_lazy("fact", "papers"),
        "patients": pgettext_lazy("fact", "patients"),
        "partly": pgettext_lazy("fact", "partly adopted"),
        "plan": pgettext_lazy("fact", "plan"),
        "plans": pgettext_lazy("fact", "plans"),
        "reason": pgettext_lazy("fact", "reason"),
        "received": pgettext_lazy("fact", "comments received"),
        "receiver": pgettext_lazy("fact", "taken over by"),
        "reference": pgettext_lazy("fact", "reference"),
        "resource": pgettext_lazy("fact", "resource"),
        "result": pgettext_lazy("fact", "fingerprint of the result"),
        "role": pgettext_lazy("fact", "role"),
        "holder": pgettext_lazy("fact", "institution"),
        "round_files": pgettext_lazy("fact", "files of rounds"),
        "held": pgettext_lazy("fact", "deposit held"),
        "minute": pgettext_lazy("fact", "minute"),
        "returned": pgettext_lazy("fact", "deposit returned"),
        "step": pgettext_lazy("fact", "step"),
        "rows": pgettext_lazy("fact", "rows"),
        "objection_contacts": pgettext_lazy("fact", "contacts of objections"),
        "notices": pgettext_lazy("fact", "public notices"),
        "said": pgettext_lazy("fact", "objections, complaints and answers"),
        "said_fresh": pgettext_lazy("fact", "new ones of them"),
        "complaint_contacts": pgettext_lazy("fact", "contacts of complaints"),
        "opens": pgettext_lazy("fact", "first day"),
        "closes": pgettext_lazy("fact", "last day"),
        "kinds": pgettext_lazy("fact", "kinds of institutions"),
        "services": pgettext_lazy("fact", "services"),
        "basis": pgettext_lazy("fact", "rests on"),
        "replaces": pgettext_lazy("fact", "instead of window"),
        "planned": pgettext_lazy("fact", "planned last day"),
        "panel_experts": pgettext_lazy("fact", "experts who left the register"),
        "panel_people": pgettext_lazy("fact", "people stated for a draw"),
        "institution": pgettext_lazy("fact", "code of the institution"),
        "sha256": pgettext_lazy("fact", "fingerprint of the file"),
        "shelf": pgettext_lazy("fact", "policy shelf"),
        "since": pgettext_lazy("fact", "from"),
        "stage_before": pgettext_lazy("fact", "stage before"),
        "through": pgettext_lazy("fact", "through"),
        "title": pgettext_lazy("fact", "title"),
        "token": pgettext_lazy("fact", "token"),
        "tried": pgettext_lazy("fact", "name tried"),
        "tries": pgettext_lazy("fact", "tries in vain"),
        "verdict": pgettext_lazy("fact", "verdict"),
        "version": pgettext_lazy("fact", "version"),
        "way": pgettext_lazy("fact", "way of service"),
        "what_if": pgettext_lazy("fact", "what-if"),
        "why": pgettext_lazy("fact", "why"),
        "year": pgettext_lazy("fact", "year"),
        "answers": pgettext_lazy("fact", "answers"),
        "concluded_on": pgettext_lazy("fact", "concluded on"),
        "drawn": pgettext_lazy("fact", "drawn"),
        "evaluated_on": pgettext_lazy("fact", "evaluated on"),
        "expert": pgettext_lazy("fact", "expert"),
        "failed": pgettext_lazy("fact", "items not passed"),
        "ground": pgettext_lazy("fact", "ground"),
        "left_out": pgettext_lazy("fact", "sheets left out"),
        "lots": pgettext_lazy("fact", "order of the lot"),
        "mark": pgettext_lazy("fact", "mark to reach"),
        "members": pgettext_lazy("fact", "members"),
        "merit": pgettext_lazy("fact", "points"),
        "opinion": pgettext_lazy("fact", "opinion"),
        "register": pgettext_lazy("fact", "fingerprint of the register"),
        "seed": pgettext_lazy("fact", "seed"),
        "seed_published_on": pgettext_lazy("fact", "seed published on"),
        "seed_source": pgettext_lazy("fact", "source of the seed"),
        "terms": pgettext_lazy("fact", "terms of the panel"),
        "witness": pgettext_lazy("fact", "witness"),
        "clauses": pgettext_lazy("fact", "clauses"),
    }
)
#: Act of a panel -> its words.
_PANELS = {PANEL + name: words for name, words in PANEL_ACTS.values()}
#: A filter of an export is kept under this and its own name.
FILTER = "filter_"


def acts() -> Mapping[str, str]:
    """Every act that can stand in the journal, with its words in the language of the page."""
    found = {act: str(words) for act, words in ACTS.items()}
    found |= {PREFIX + name: step.name.say(lang()) for name, step in STEPS.items()}
    return found | {act: words.say(lang()) for act, words in _PANELS.items()}


def act_words(act: str) -> str:
    """An act in words; its code where there are none."""
    if act in _PANELS:
        return _PANELS[act].say(lang())
    step = STEPS.get(act.removeprefix(PREFIX)) if act.startswith(PREFIX) else None
    return step.name.say(lang()) if step else str(ACTS.get(act, act))


def fact_words(act: str, name: str, value: str) -> tuple[str, str]:
    """The name of a fact in words, its code where there are none, and the value as it is read."""
    if act.startswith(PREFIX) and name in stated.FACTS:
        return stated.FACTS[name].name.say(lang()), stated.said(name, value, lang())
    if name.startswith(FILTER):
        of = name.removeprefix(FILTER)
        return pgettext("fact", "filter: %(name)s") % {"name": FACTS.get(of, of)}, value
    return str(FACTS.get(name, name)), value
