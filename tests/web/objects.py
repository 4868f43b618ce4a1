"""One object of everything that an address can name, each in a district of one's choice."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

#: What parts of an address stand for, whatever the district.
_PLAIN = {
    "form": "xlsx",
    "ending": "xlsx",
    "tag": "x",
    "chain": "ledger",
    "name": "plan.json",
    "key": "beds_per_1000.232700",
    "number": 1,
}


def objects_in(district, version, overlay):
    """What the parts of addresses are filled with: by view and part, by area and part, by part."""
    from dingdian.web import clock
    from dingdian.web.accounts.models import Grant, Token, User
    from dingdian.web.imports.models import Import
    from dingdian.web.jobs.models import Job
    from dingdian.web.ledger.models import Institution
    from dingdian.web.plans.models import Submission

    now, plan = clock.now(), version.plan
    someone = User.objects.create(username=f"someone{district}", name="某人", must_change=False)
    granted = Grant.objects.create(user=someone, role="evaluator", granted_by="test")
    token = Token.objects.create(
        user=someone, name="t", digest=f"{district:0>64}", through=dt.date(2030, 1, 1)
    )
    institution = (
        Institution.objects.filter(district=district).exclude(case="").exclude(lon=None).first()
    )
    asked = {"year": 2031, "resource": "pharmacies", "asked": 3, "reason": "试", "at": now}
    submission = Submission.objects.create(region=district, by="county", **asked)
    job = Job.objects.create(kind="none", by="", asked_at=now, state="done")
    upload = Import.objects.create(
        folder=f"f{district}", name="a.xlsx", by="planner", uploaded_at=now
    )
    kept = _kept_answer(institution)
    submissions = ("submission", "submission_edit", "submission_submit", "submission_answer")
    versions = ("version", "figures", "figure", "file", "evidence")
    return {
        **{("accounts", name): each.pk for name, each in (("grant", granted), ("token", token))},
        ("accounts", "pk"): someone.pk,
        ("accounts:leave_end", "pk"): 0,
        ("jobs", "pk"): job.pk,
        ("inbox", "pk"): 0,
        ("audit", "pk"): job.pk,
        ("imports", "pk"): upload.pk,
        ("ledger", "code"): institution.code,
        ("cases", "case"): institution.case,
        ("cases", "move"): "interview",
        ("cases:paper", "pk"): _paper(institution.case).pk,
        ("cases", "pk"): _proposal(institution.case, district).pk,
        ("portal", "case"): institution.case,
        ("portal", "move"): "request_renewal",
        ("portal", "pk"): _paper(institution.case).pk,
        **_letter(institution.case),
        ("national", "pk"): _platform_change(institution.case, district).pk,
        ("licences", "pk"): _licences().pk,
        ("objections", "pk"): _objection(institution.case, district).pk,
        **_complaint(district),
        ("rounds", "pk"): _round(district, version).pk,
        ("rounds", "application"): "A1",
        ("rounds:file", "name"): "decisions.json",
        ("rounds:letter_file", "form"): "docx",
        **_panel(district),
        **_assessment(institution),
        **_survey(district),
        ("intake", "pk"): _window(district).pk,
        **_points(institution),
        ("maps", "pk"): kept.pk,
        ("streets", "pk"): _streets().pk,
        ("access", "pk"): _measured(plan).pk,
        ("projection", "pk"): _projected(plan).pk,
        ("plans", "pk"): plan.pk,
        **{(f"plans:{name}", "pk"): version.pk for name in versions},
        **{(f"plans:{name}", "pk"): submission.pk for name in submissions},
        **{(f"plans:overlay{n}", "pk"): overlay.pk for n in ("", "_add", "_drop")},
        ("procedure", "pk"): plan.pk,
        ("procedure:step", "name"): "open_consultation",
        ("procedure", "paper_pk"): 1,
        ("procedure", "comment_pk"): 1,
        ("procedure", "count_pk"): 1,
        ("procedure", "part"): "taken",
        ("shelf:clause", "id"): "DX-16",
        ("shelf:reading", "id"): "bed_denominator",
    }


def _paper(case):
    """A paper that went with the first move of a case; its bytes lie nowhere."""
    from dingdian.web import clock
    from dingdian.web.cases.models import Paper

    said = {"sha256": "0" * 64, "name": "a.pdf", "kind": "pdf", "size": 1, "by": "clerk"}
    return Paper.objects.create(case=case, entry=1, at=clock.now(), **said)


def _proposal(case, district):
    """A move of a case that waits to be confirmed."""
    from dingdian.web import clock
    from dingdian.web.cases.models import Proposal

    said = {"move": "terminate", "role": "agency", "held_on": clock.today(), "seen": 1}
    return Proposal.objects.create(
        case=case, district=district, facts={"cause": "own_request"}, by="x", at=clock.now(), **said
    )


def _letter(case):
    """The letter of a case whose agreement is not to be renewed, and a receipt of its service."""
    from django.conf import settings

    from dingdian.actions.change_stage import change_stage
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web import bureau, clock
    from dingdian.web.accounts.models import User
    from dingdian.web.cases.finding import find
    from dingdian.web.letters import making
    from dingdian.web.letters.models import Receipt
    from dingdian.web.rights import Role

    (settings.CONFIG.data / "uploads").mkdir(parents=True, exist_ok=True)
    said = {"held_on": clock.today(), "known_at": clock.now(), "by": "clerk", "role": "agency"}
    asked = Asked(case=case, move="do_not_renew", facts={"cause": "试"}, **said)
    seq = change_stage(bureau.desk().ledger, asked, bureau.desk().terms).entries[0].seq
    someone = User.objects.get(username=Role.CLERK)
    letter = making.make(someone, find(case), seq, "non_renewal")
    said = {"sha256": "0" * 64, "name": "a.pdf", "kind": "pdf", "size": 1, "by": "clerk"}
    receipt = Receipt.objects.create(letter=letter, note=1, at=clock.now(), **said)
    return {
        ("letters", "pk"): letter.pk,
        ("portal:letter", "pk"): letter.pk,
        ("letters:receipt", "pk"): receipt.pk,
        ("letters", "case"): case,
        ("letters", "seq"): seq,
        ("letters", "kind"): "non_renewal",
    }


def _platform_change(case, district):
    """A change on the national platform that was confirmed."""
    from dingdian.web import clock
    from dingdian.web.national.models import Change

    said = {"first": 1, "last": 1, "held_on": clock.today(), "standing": "done"}
    return Change.objects.create(case=case, district=district, item="name", **said)


def _panel(district):
    """A panel that was drawn for a case of a district in evaluation; none of it has a user."""
    from django.test import Client

    from dingdian.web.accounts.models import Grant, User
    from dingdian.web.panels.models import Expert
    from dingdian.web.rights import Role
    from tests.web import panelling

    if not Expert.objects.exists():
        panelling.make_experts()
    drawer = User.objects.create(username=f"drawer{district}", name="某人", must_change=False)
    Grant.objects.create(user=drawer, role=Role.CLERK, region=district, granted_by="test")
    client = Client()
    client.force_login(drawer, backend="django.contrib.auth.backends.ModelBackend")
    panel = panelling.drawn(client, panelling.evaluating(district=district))
    of_here = panelling.make_experts(1, [district], prefix=district)[0]
    return {
        ("panels", "pk"): panel.pk,
        ("panels", "case"): panel.case,
        ("panels", "code"): panelling.state_of(panel).members[0],
        ("panels:expert", "pk"): of_here.pk,
        ("evaluations", "pk"): panel.pk,
        ("evaluations", "paper_pk"): _paper(panel.case).pk,
    }


def _licences():
    """A file of licences; it is of no district, what it found is."""
    from dingdian.web import clock
    from dingdian.web.licences.models import Check

    said = {"rows": 1, "subjects": 0, "strangers": 1, "sha256": "0" * 64, "by": "clerk"}
    return Check.objects.create(name="a.csv", at=clock.now(), day=clock.today(), **said)


def _projected(plan):
    """Years that were projected from a plan; their files lie nowhere."""
    from dingdian.web import clock
    from dingdian.web.projection.models import Projected

    said = {"folder": f"j0-{Projected.objects.count()}", "through": plan.year, "by": "planner"}
    return Projected.objects.create(plan=plan, made_at=clock.now(), **said)


def _measured(plan):
    """Access that was measured for a plan; its files lie nowhere."""
    from dingdian.web import clock
    from dingdian.web.access.models import Measured

    said = {"folder": f"j0-{Measured.objects.count()}", "stock": "pharmacies", "by": "planner"}
    return Measured.objects.create(plan=plan, made_at=clock.now(), **said)


def _streets():
    """A street file that was never read; it is of no district."""
    from dingdian.web import clock
    from dingdian.web.streets.models import Network

    said = {"kind": "geojson", "sha256": "0" * 64, "size": 1, "by": "planner"}
    return Network.objects.create(name="a.geojson", at=clock.now(), **said)


def _objection(case, district):
    """An objection to the notice of a case."""
    from dingdian.web import clock
    from dingdian.web.objections.models import Objection

    said = {"notice": "notice-1", "reason": "试", "received_at": clock.now()}
    return Objection.objects.create(case=case, district=district, taken_at=clock.now(), **said)


def _complaint(district):
    """A complaint and its paper; the bytes of that lie nowhere."""
    from dingdian.web import clock
    from dingdian.web.complaints.models import Complaint, Paper

    said = {"source": "letter", "text": "试", "received_on": clock.today(), "since": clock.today()}
    made = Complaint.objects.create(district=district, **said)
    said = {"sha256": "0" * 64, "name": "a.pdf", "kind": "pdf", "size": 1, "by": "supervisor"}
    paper = Paper.objects.create(of=made, at=clock.now(), **said)
    return {
        ("complaints", "pk"): made.pk,
        ("complaints:paper", "pk"): paper.pk,
        ("complaints:step", "status"): "accepted",
    }


def _round(district, version):
    """A decided round of a district; its evidence lies nowhere."""
    from dingdian.web import clock
    from dingdian.web.rounds.models import Round

    row = Round(folder=f"r{district}", name="a.xlsx", by="x", uploaded_at=clock.now())
    row.state, row.version, row.day = "decided", version, dt.date(2026, 3, 20)
    row.decided_at, row.number, row.districts = clock.now(), 1, [district]
    row.save()
    return row


def _points(institution):
    """Points of a person at an institution, confirmed."""
    from dingdian.web import clock
    from dingdian.web.points.models import Batch, Line

    said = {"district": institution.district, "by": "x", "at": clock.now(), "state": "confirmed"}
    batch = Batch.objects.create(**said)
    line = Line.objects.create(
        batch=batch,
        kind="points_events",
        person=f"D{institution.district}",
        number=f"J{institution.district}",
        institution=institution.code,
        district=institution.district,
        day=clock.today(),
        points=3,
    )
    return {
        ("points:one", "pk"): line.pk,
        ("points:batch", "pk"): batch.pk,
        ("points:new", "form"): "event",
    }


def _assessment(institution):
    """A version of the scores of a year, with the result of an institution."""
    from dingdian.web import clock
    from dingdian.web.assessments.models import Appeal, Campaign, Measure, Result, Version
    from tests.reports.assessed import small_assessment

    record = small_assessment()
    opened = {"opened_by": "x", "opened_at": clock.now()}
    opened |= {"shown_at": clock.now(), "appeals_through": dt.date(2099, 12, 31)}
    campaign, _ = Campaign.objects.get_or_create(year=record.year, defaults=opened)
    version = Version.objects.create(
        campaign=campaign,
        number=campaign.versions.count() + 1,
        folder=f"assessed{institution.district}",
        by="x",
        at=clock.now(),
        state="assessed",
        day=record.assessed_on,
        head=record.model_dump(mode="json", exclude={"assessed", "persons"}),
    )
    one = record.assessed[0].model_dump(mode="json")
    Result.objects.create(
        version=version,
        code=institution.code,
        name=institution.name,
        district=institution.district,
        side=one["side"],
        kind=one["kind"],
        renewal=one["renewal"],
        record=one,
    )
    of = {"campaign": campaign, "version": version, "code": institution.code}
    of |= {"district": institution.district, "by": "x", "at": clock.now()}
    measure = Measure.objects.create(kind="step", step="interview", **of)
    appeal = Appeal.objects.create(item="fund_use", filed_on=clock.today(), reason="试", **of)
    return {
        ("assessments:measure", "pk"): measure.pk,
        ("assessments:answer", "pk"): appeal.pk,
        ("portal:scores", "year"): campaign.year,
        ("portal:scores", "code"): institution.code,
        ("assessments", "year"): campaign.year,
        ("assessments", "pk"): version.pk,
        ("assessments", "code"): institution.code,
    }


def _window(district):
    """A window for applications of a district that waits to be confirmed."""
    from dingdian.web import clock
    from dingdian.web.intake.models import Window

    said = {"opens": clock.today(), "closes": clock.today(), "basis": "通告", "by": "test"}
    return Window.objects.create(district=district, at=clock.now(), **said)


def _survey(district):
    """A survey of a district, and the code of one of its institutions."""
    from dingdian.web import clock
    from dingdian.web.accounts.models import User
    from dingdian.web.rights import Role
    from dingdian.web.surveys.making import make
    from dingdian.web.surveys.models import Code

    user, today = User.objects.get(username=Role.SUPERVISOR), clock.today()
    days = {"since": today, "through": today}
    made = make(user, "满意度", year=2026, district=district, **days)
    code = Code.objects.filter(survey=made).first()
    return {
        ("surveys", "pk"): made.pk,
        ("surveys:institution", "pk"): code.pk,
        ("surveys:qr_file", "pk"): code.pk,
    }


def _kept_answer(institution):
    """An answer about the place of an institution, kept by the planner."""
    from django.test import Client

    from dingdian.web.accounts.models import User
    from dingdian.web.maps.models import KeptAnswer
    from dingdian.web.rights import Role

    client = Client()
    client.force_login(
        User.objects.get(username=Role.PLANNER),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    asked = {"x": institution.lon, "y": institution.lat, "crs": "CGCS2000"}
    asked |= {"kind": "retail_pharmacy", "services": "personal_account"}
    assert client.post("/map/keep", asked).status_code == 302
    return KeptAnswer.objects.order_by("pk").last()


def address(found, name, parts):
    """The address of a view; ``None`` where there is nothing for one of its parts."""
    area = name.partition(":")[0]
    filled = {}
    for part in parts:
        keys = ((name, part), (area, part))
        value = next((found[key] for key in keys if key in found), _PLAIN.get(part))
        if value is None:
            return None
        filled[part] = value
    return reverse(name, kwargs=filled)
