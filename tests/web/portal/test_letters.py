"""A letter is read by its institution once it was served, and by nobody else."""

import pytest

from dingdian.web import clock
from dingdian.web.ledger import refreshing
from dingdian.web.letters.models import Letter
from dingdian.web.rights import Role
from tests.web.conftest import holding
from tests.web.portal.conftest import decide, entries


@pytest.fixture
def letter(applied, signed_in):
    """The letter of an acceptance, made and not served."""
    clerk = signed_in(Role.CLERK)
    decide(clerk, applied, "accept")
    case, seq = applied.removeprefix("/my/cases/"), entries(applied)[-1].seq
    assert clerk.post(f"/letters/of/{case}/{seq}/acceptance").status_code == 302
    return Letter.objects.get()


def serve(letter, clerk):
    said = {"day": clock.today().isoformat(), "way": "direct", "by": "王磊", "seen": letter.last}
    answer = clerk.post(f"/letters/{letter.pk}/serve", said)
    assert answer.status_code == 302, answer.content.decode()


def test_a_letter_is_there_once_it_was_served(applicant, letter, signed_in, holds):
    there = f"/my/letters/{letter.pk}"
    assert applicant.get(there).status_code == 404
    refreshing.refresh()
    assert letter.number not in applicant.get("/my/").content.decode()
    serve(letter, signed_in(Role.CLERK))
    refreshing.refresh()
    assert letter.number in applicant.get("/my/").content.decode()
    answer = applicant.get(there)
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    holds(holding())
    assert signed_in(Role.INSTITUTION).get(there).status_code == 404


def test_a_letter_that_is_void_is_gone(applicant, letter, signed_in):
    clerk = signed_in(Role.CLERK)
    serve(letter, clerk)
    letter.refresh_from_db()
    void = {"reason": "写错", "seen": letter.last}
    assert clerk.post(f"/letters/{letter.pk}/void", void).status_code == 302
    assert applicant.get(f"/my/letters/{letter.pk}").status_code == 404
