"""The pages of the bureau for the exchange."""

import pytest

from dingdian.web import bureau
from dingdian.web.public import making
from dingdian.web.public.models import (
    Edition,
    Received,
)
from dingdian.web.rights import Role
from tests.web.exchanging import said

pytestmark = pytest.mark.django_db


def test_an_edition_is_made_and_fetched_from_the_page(both, published, signed_in, work):
    with both.at("bureau"):
        client = signed_in(Role.PLANNER)
        assert client.post("/exchange/make").status_code == 302
        work()
        page = client.get("/exchange/").content.decode()
        made = Edition.objects.get()
        assert made.file_name in page
        assert made.by == "planner"
        fetched = client.get(f"/exchange/editions/{made.number}")
        content = b"".join(fetched.streaming_content)
        assert content == making.file_of(made).read_bytes()
        assert client.get("/exchange/editions/99").status_code == 404
        acts = [each.act for each in bureau.journal().notes(f"edition:{made.number}")]
        assert acts == ["edition.make", "edition.download"]
        assert client.get("/exchange/key").content.decode() == both.keys["bureau"].public_pem


def test_the_windows_for_applications_are_told_to_the_public(both, published, visitor):
    from dingdian.web import clock
    from dingdian.web.intake.models import Window

    days = {"opens": clock.today(), "closes": clock.today(), "by": "x", "at": clock.now()}
    for state in ("set", "asked"):
        said = {"state": state, "basis": f"通告{state}", "services": ["personal_account"]}
        Window.objects.create(kinds=["clinic"], **said, **days)
    both.install(both.edition())
    page = visitor.get("/windows").content.decode()
    for text in ("通告set", "诊所", "个人账户", "受理中"):
        assert text in page
    assert "通告asked" not in page


def test_a_file_is_uploaded_taken_in_and_refused_the_second_time(both, signed_in, received):
    from django.core.files.uploadedfile import SimpleUploadedFile

    said("甲")
    path = both.export()
    with both.at("bureau"):
        client = signed_in(Role.PLANNER)
        for told in ("已接收", "拒绝"):
            file = SimpleUploadedFile("意见.zip", path.read_bytes())
            page = client.post("/exchange/upload", {"file": file}, follow=True).content.decode()
            assert told in page
        nothing = SimpleUploadedFile("x.zip", b"<script>alert(1)</script>")
        page = client.post("/exchange/upload", {"file": nothing}, follow=True).content.decode()
        assert "不是完整的交换文件" in page
    assert Received.objects.filter(state="refused").count() == 2


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PLANNER])
def test_the_exchange_is_for_planners_only(signed_in, role):
    client = signed_in(role)
    assert client.get("/exchange/").status_code == 403
    assert client.post("/exchange/make").status_code == 403
    assert client.get("/exchange/editions/1").status_code == 403
