"""The peer of bench/pages.py: the barest Django page that renders rows of a table of 9,000."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COLUMNS = ("code", "name", "kind", "level", "district", "address", "standing", "services")
ROWS = 9_000
PAGE = """<!doctype html><title>rows</title><table>{% for row in rows %}<tr>{% for cell in row %}
<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"""


def configured(folder: Path):
    """The application: one model, one view, no middleware."""
    import django
    from django.conf import settings

    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
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
    from django.core.handlers.wsgi import WSGIHandler
    from django.http import HttpResponse
    from django.template import engines
    from django.urls import path

    row = configured(Path(folder))
    template = engines["django"].from_string(PAGE)

    def rows(request):
        wanted = int(request.GET["n"])
        found = row.objects.order_by("code").values_list(*COLUMNS)[:wanted]
        return HttpResponse(template.render({"rows": found}))

    urlpatterns = [path("rows", rows), path("health", lambda _: HttpResponse("ok"))]
    globals()["urlpatterns"] = urlpatterns
    return WSGIHandler()


def main(folder: Path, port: str) -> None:
    row = configured(folder)
    from django.db import connection

    with connection.schema_editor() as editor:
        editor.create_model(row)
    row.objects.bulk_create(
        row(**{name: f"{name} {number}" for name in COLUMNS}) for number in range(ROWS)
    )
    connection.close()
    words = [sys.executable, "-m", "gunicorn", f"pages_peer:application_in('{folder}')"]
    options = [f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4", "--worker-class=gthread"]
    subprocess.run([*words, *options, f"--pythonpath={Path(__file__).parent}"], check=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
