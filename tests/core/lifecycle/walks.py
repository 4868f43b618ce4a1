"""Random lives: walks of allowed moves, drawn by hypothesis."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.moving import possible
from dingdian.core.lifecycle.state import in_effect, state_of
from tests.core.lifecycle.lives import Life, terms

SERVICES = (
    "outpatient_pooling",
    "inpatient;personal_account",
    "outpatient_pooling;personal_account;out_of_area",
    "prescription_transfer;dual_channel",
)
BEDS = ("general=60;tcm=20", "general=30", "psychiatric=5", "general=0")
SERVICE = ("inpatient", "outpatient_pooling", "personal_account", "out_of_area", "dual_channel")
CHOICES = (
    {},
    {"trial_failure": "pause"},
    {"trial_failure": "termination", "trial_pharmacies": "yes"},
    {"guidance_extends_trial": "yes", "trial_failure_again": "no"},
)
LEAPS = (0, 1, 7, 31, 92, 181, 200, 366)


@st.composite
def lives(draw: st.DrawFn, *, most: int = 14) -> Life:
    """A life of up to ``most`` moves; those that the rules refuse are left out."""
    life = Life(terms(**draw(st.sampled_from(CHOICES))), "H1")
    kind = draw(st.sampled_from(("clinic", "hospital", "retail_pharmacy")))
    begun = draw(st.sampled_from(("apply", "open")))
    on = dt.date(2025, 1, 6) + dt.timedelta(draw(st.integers(0, 500)))
    facts = {"kind": kind}
    if begun == "open":
        stage = draw(st.sampled_from(tuple(map(str, MOVES["open"].targets))))
        through = on + dt.timedelta(draw(st.integers(0, 500)))
        if draw(st.booleans()):
            facts |= {"agreement": "XY-0", "agreement_through": through.isoformat()}
        facts |= {
            "stage": stage,
            "services": draw(st.sampled_from(SERVICES)),
            "beds": draw(st.sampled_from(BEDS)),
        }
    life.do(begun, on, **facts)
    for _ in range(draw(st.integers(0, most))):
        state = state_of(life.entries)
        names = [n for n in possible(state.stage if state else None) if n != "open"]
        move = draw(st.sampled_from(names))
        on = (state.last_day if state else on) + dt.timedelta(draw(st.sampled_from(LEAPS)))
        more: dict[str, object] = {}
        wanted = {*MOVES[move].needs, *MOVES[move].may}
        if "services" in wanted:
            more["services"] = draw(st.sampled_from(SERVICES))
        if "beds" in wanted:
            more["beds"] = draw(st.sampled_from(BEDS))
        if "service" in wanted:
            more["service"] = draw(st.sampled_from(SERVICE))
            more["documents"] = ("纪要",)
        if "suspended_through" in wanted and draw(st.booleans()):
            more["suspended_through"] = (on + dt.timedelta(90)).isoformat()
        if move == "annul":
            more["entry"] = str(in_effect(life.entries)[-1].seq)
        if move == "appeal":
            more["against"] = str(in_effect(life.entries)[-1].seq)
        role = draw(st.sampled_from(MOVES[move].roles))
        verdict = life.ask(move, on, role=str(role), **more)  # type: ignore[arg-type]
        if verdict.entry is not None:
            life.entries.append(verdict.entry)
    return life
