"""The peer of bench/pages.py: a bare Django page that renders rows of a table of 9,000.

As ``startproject`` leaves it: its middleware, its sessions in the database, somebody signed in.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

COLUMNS = ("code", "name", "kind", "level", "district", "address", "standing", "services")
ROWS = 9_000
MIDDLEWARE = (
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
PAGE = """<!doctype html><title>rows</title><p>{{ request.user.username }}</p>
<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table>"""


def configured(folder: Path):
    """The one model."""
    import django
    from django.conf import settings

    settings.configure(
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="of a bench",  # noqa: S106 -- guards nothing
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")
        ],
        MIDDLEWARE=MIDDLEWARE,
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "peer.db")}
        },
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()
    from django.db import models

    fields = {name: models.CharField(max_length=200) for name in COLUMNS}
    fields |= {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "peer"})}
    return type("Row", (models.Model,), fields)


def application_in(folder: str):
    """What the server runs."""
    row = configured(Path(folder))
    from django.contrib.auth.decorators import login_required
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpResponse
    from django.template import engines
    from django.urls import path

    template = engines["django"].from_string(PAGE)

    @login_required
    def rows(request):
        wanted = int(request.GET["n"])
        found = row.objects.order_by("code").values_list(*COLUMNS)[:wanted]
        return HttpResponse(template.render({"rows": found}, request))

    urlpatterns = [path("rows", rows), path("health", lambda _: HttpResponse("ok"))]
    globals()["urlpatterns"] = urlpatterns
    return WSGIHandler()


def main(folder: Path, port: str) -> None:
    """Fill the table, write who is signed in into ``session.json``, and serve."""
    row = configured(folder)
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(row)
    row.objects.bulk_create(
        row(**{name: f"{name} {number}" for name in COLUMNS}) for number in range(ROWS)
    )
    (folder / "session.json").write_text(json.dumps(_signed_in()), encoding="utf-8")
    connection.close()
    words = [sys.executable, "-m", "gunicorn", f"pages_peer:application_in('{folder}')"]
    options = [f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4", "--worker-class=gthread"]
    os.execv(sys.executable, [*words, *options, f"--pythonpath={Path(__file__).parent}"])  # noqa: S606


def _signed_in() -> str:
    from django.contrib.auth import get_user_model, login
    from django.http import HttpRequest
    from django.utils.module_loading import import_string

    user = get_user_model().objects.create_user("peer")
    request = HttpRequest()
    request.session = import_string("django.contrib.sessions.backends.db.SessionStore")()
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
