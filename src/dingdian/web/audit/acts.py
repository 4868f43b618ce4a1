"""What the codes of the journal mean: acts and the facts beside them, in words.

A code that is not named here is shown as it stands: the journal tells everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
        "token.issue": _("token issued"),
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
        "plan.make": _("plan workspace made"),
        "plan.run": _("plan computed"),
        "plan.overlay": _("what-if overlay made"),
        "plan.overlay_add": _("change added to an overlay"),
        "plan.overlay_drop": _("change dropped from an overlay"),
        "plan.file": _("file of a plan downloaded"),
        "plan.evidence": _("evidence of a plan downloaded"),
        "submission.call": _("submissions called for"),
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
        "audit.export": _("journal exported"),
        "audit.verify": _("chains verified"),
        "audit.head": _("head of a chain exported"),
        "persons.blank": _("old personal data blanked"),
    }
)
#: Fact of a note -> its words.
FACTS: Mapping[str, Promise] = MappingProxyType(
    {
        "address": _("address"),
        "before": _("before"),
        "chain": _("chain"),
        "entries": _("entries"),
        "faults": _("faults"),
        "name": _("name"),
        "notes": _("notes"),
        "office": _("office"),
        "role": _("role"),
        "rows": _("rows"),
        "through": _("valid through"),
        "token": _("token"),
        "tried": _("name tried"),
    }
)


def act_words(act: str) -> str:
    """An act in words; its code where there are none."""
    return str(ACTS.get(act, act))


def fact_words(name: str) -> str:
    """The name of a fact in words; its code where there are none."""
    return str(FACTS.get(name, name))
