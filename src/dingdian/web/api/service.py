"""The interface for programs of the bureau, described in OpenAPI: ``/api/v1/``.

Its operations authenticate by token and check rights and districts themselves, so the middleware
that asks views for their rights lets them pass: ``urls`` marks them in one place. The pages that
describe it are for signed-in users who may use it.
"""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI, Swagger

from dingdian.web.api import institutions, plans, sites
from dingdian.web.api.authentication import THROTTLE, TokenAuth
from dingdian.web.api.problems import register
from dingdian.web.rights import Right, needs, open_to_all

DESCRIPTION = """
Ledger, plans and site checks of the bureau for its other programs (两定点规划接口).

Every request carries a token (`Authorization: Bearer dd_…`), which the security administrator
allows a user with an end date and that user alone collects and sees, once. It may do what its user
may, in the districts of that user: an institution of another district is answered with 404. Names
of fields are the national platform's where it has them. 600 requests a minute and token; beyond
that 429 with `Retry-After`. Whatever is wrong is told as `{"detail": ["…"]}`. Lists come in pages:
`next` goes into `after`.
"""

api = NinjaAPI(
    title="dingdian 定点",
    version="1",
    description=DESCRIPTION.strip(),
    urls_namespace="api",
    auth=TokenAuth(),
    throttle=THROTTLE,
    docs=Swagger(settings={"persistAuthorization": False, "tryItOutEnabled": True}),
    docs_decorator=needs(Right.USE_API),
)
register(api)
api.add_router("/institutions", institutions.router)
api.add_router("/plans", plans.router)
api.add_router("/figures", plans.figures_router)
api.add_router("/site-check", sites.router)


def _opened() -> Any:
    """The addresses of the interface; views that say nothing of rights authenticate themselves."""
    patterns, app, namespace = api.urls
    for each in patterns:
        if not hasattr(each.callback, "needs"):
            open_to_all(each.callback)
    return patterns, app, namespace


urls = _opened()
