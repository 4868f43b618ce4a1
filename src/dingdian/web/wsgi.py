"""The application that a server of pages runs."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dingdian.web.settings")
application = get_wsgi_application()

if settings.IS_BUREAU:
    from dingdian.web.maps import desks

    desks.warm()
else:
    from dingdian.web.public import checking

    checking.warm()
