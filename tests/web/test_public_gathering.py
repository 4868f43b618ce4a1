"""What goes out of plans and consultations as their own areas keep them, and what comes back."""

import datetime as dt
import shutil
import uuid

import pytest
from django.conf import settings

from dingdian.core.errors import RequestError
from dingdian.storage.manifest import manifest
from dingdian.web import bureau, clock
from dingdian.web.plans.models import Plan, Version
from dingdian.web.procedure.models import Comment, Consultation
from dingdian.web.public import gathering, handing
from dingdian.web.public.models import Received, TakenComment

pytestmark = pytest.mark.django_db

FILES = {
    "plan.html": b"<p>plan</p>",
    "plan.json": b"{}",
    "papers/resource_plan.pdf": b"%PDF-1.4",
    "papers/numbers.xlsx": b"PK",
    "census/institutions.csv": b"secret",
}


@pytest.fixture
def version():
    """A version of a plan with a folder of its own."""
    path = settings.CONFIG.data / "plans" / uuid.uuid4().hex
    for name, content in FILES.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    plan = Plan.objects.create(
        kind="resource_plan", year=2026, title="规划", created_by="li", created_at=clock.now()
    )
    yield Version.objects.create(
        plan=plan,
        number=1,
        folder=path.name,
        result="f" * 64,
        census="c",
        shelf="s",
        engine="0",
        manifest=manifest(path),
        made_at=clock.now(),
        by="li",
    )
    shutil.rmtree(path)


@pytest.fixture
def consultation(version):
    return Consultation.objects.create(
        plan=version.plan,
        version=version,
        title="征求意见",
        text="请提意见。",
        opened_on=clock.today(),
        through=clock.today() + dt.timedelta(30),
        documents=["papers/resource_plan.pdf", "census/institutions.csv"],
    )


def test_an_issued_plan_goes_out_with_its_papers_and_no_copy_of_the_ledger(version):
    assert gathering.issued_plans() == ()
    plan = version.plan
    plan.issued_version, plan.stage = version, "issued"
    plan.save()
    facts = {"document_number": "示〔2026〕1号", "issued_on": "2026-03-01", "since": "2026-04-01"}
    bureau.note(None, plan.subject, "dossier.issue", **facts, valid_through="2030-06-30")
    (found,) = gathering.issued_plans()
    assert (found.title, found.number, found.fingerprint) == ("规划", "示〔2026〕1号", "f" * 64)
    assert (found.issued_on, found.through) == (dt.date(2026, 3, 1), dt.date(2030, 6, 30))
    assert [each.content for each in found.papers] == [b"%PDF-1.4", b"<p>plan</p>"]
    assert all(each.title and each.title_en and "/" not in each.name for each in found.papers)


def test_a_paper_that_was_changed_does_not_go_out(version, consultation):
    (version.path / "papers/resource_plan.pdf").write_bytes(b"%PDF-1.5")
    with pytest.raises(RequestError):
        gathering.consultations(clock.today())


@pytest.mark.clause("DX-16")
def test_of_comments_only_what_became_of_them_goes_out_once_they_are_answered(consultation):
    given = {"kind": "insured", "received_at": clock.now(), "name": "张三丰", "contact": "138-0000"}
    for outcome in ("adopted", ""):
        Comment.objects.create(
            consultation=consultation,
            public_id=str(uuid.uuid4()),
            text="原文",
            outcome=outcome,
            answer="已采纳",
            **given,
        )
    (found,) = gathering.consultations(clock.today())
    assert (found.id, found.opens, found.answers) == (
        consultation.public_id,
        consultation.opened_on,
        (),
    )
    assert [each.content for each in found.papers] == [b"%PDF-1.4"]  # a copy never goes out
    consultation.state = "answered"
    consultation.save()
    (found,) = gathering.consultations(clock.today())
    assert [(each.kind, each.outcome, each.answer) for each in found.answers] == [
        ("insured", "adopted", "已采纳")
    ]
    assert not [word for word in ("原文", "张三丰", "138-0000") if word in repr(found)]


@pytest.mark.parametrize("state", ["dropped", "later"])
def test_a_consultation_that_does_not_count_or_has_not_begun_stays_here(consultation, state):
    day = clock.today()
    if state == "dropped":
        consultation.state = state
        consultation.save()
    else:
        day -= dt.timedelta(1)
    assert gathering.consultations(day) == ()


@pytest.mark.clause("DX-16")
def test_comments_are_handed_to_their_consultation_once(consultation):
    received = Received.objects.create(
        name="x", number=1, sha256="0", state="taken", at=clock.now()
    )
    public_id = str(uuid.uuid4())
    held = {
        "public_id": public_id,
        "consultation": consultation.public_id,
        "kind": "expert",
        "name": "李四",
        "contact": "139",
        "text": "好",
        "received_at": clock.now().isoformat(),
    }
    row = {"received": received, "held": held, "consultation": consultation.public_id}
    TakenComment.objects.create(public_id=public_id, **row)
    other = held | {"public_id": str(uuid.uuid4()), "consultation": "unknown"}
    TakenComment.objects.create(
        public_id=other["public_id"], consultation="unknown", received=received, held=other
    )
    assert handing.hand_over() == 1
    assert handing.hand_over() == 0
    kept = Comment.objects.get()
    assert (kept.public_id, kept.kind, kept.contact) == (public_id, "expert", "139")
    assert [each.consultation for each in TakenComment.objects.filter(held__isnull=False)] == [
        "unknown"
    ]
