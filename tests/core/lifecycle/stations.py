"""A life brought to each stage, by the shortest way of moves that are allowed (Shenyang)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dingdian.core.lifecycle.stages import Stage
from tests.core.lifecycle.lives import Life, applied, evaluating, in_force, negotiating, signed

Step = tuple[str, str]


def _then(start: Callable[[], Life], *steps: Step) -> Callable[[], Life]:
    def make() -> Life:
        life = start()
        for move, on in steps:
            life.do(move, on)
        return life

    return make


_QUALIFIED = (("pass_evaluation", "2026-01-20"),)
_NOTICE = (*_QUALIFIED, ("publish", "2026-01-21"))
#: Stage -> what brings a new case there.
AT: Mapping[Stage, Callable[[], Life]] = {
    Stage.APPLIED: applied,
    Stage.SUPPLEMENTING: _then(applied, ("request_supplement", "2026-01-06")),
    Stage.NOT_ACCEPTED: _then(applied, ("refuse_acceptance", "2026-01-06")),
    Stage.EVALUATING: evaluating,
    Stage.AWAITING_PAPERS: _then(evaluating, ("await_papers", "2026-01-20")),
    Stage.RECTIFYING: _then(evaluating, ("fail_evaluation", "2026-01-20")),
    Stage.EVALUATION_FAILED: _then(
        evaluating,
        ("fail_evaluation", "2026-01-20"),
        ("re_evaluate", "2026-04-21"),
        ("fail_again", "2026-04-30"),
    ),
    Stage.QUALIFIED: _then(evaluating, *_QUALIFIED),
    Stage.PUBLIC_NOTICE: _then(evaluating, *_NOTICE),
    Stage.OBJECTION: _then(evaluating, *_NOTICE, ("object", "2026-01-22")),
    Stage.NEGOTIATING: negotiating,
    Stage.NOT_ADMITTED: _then(negotiating, ("decline", "2026-02-01")),
    Stage.WITHDRAWN: _then(applied, ("withdraw", "2026-01-06")),
    Stage.GUIDANCE: signed,
    Stage.TRIAL: _then(signed, ("end_guidance", "2026-09-01")),
    Stage.TRIAL_FAILED: _then(signed, ("end_guidance", "2026-09-01"), ("fail_trial", "2027-03-01")),
    Stage.IN_FORCE: in_force,
    Stage.SUSPENDED_ON_REQUEST: _then(in_force, ("suspend_on_request", "2026-04-01")),
    Stage.SUSPENDED_IMPOSED: _then(in_force, ("suspend_imposed", "2026-04-01")),
    Stage.EXPIRED: _then(in_force, ("expire", "2027-01-01")),
    Stage.TERMINATED: _then(in_force, ("terminate", "2026-04-01")),
    Stage.CLOSED: _then(in_force, ("close", "2026-04-01")),
}
