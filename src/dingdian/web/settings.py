"""Django's settings, made from the one configuration file of the installation (``config``)."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from dingdian.reports.assets import FOLDER as ASSETS
from dingdian.storage.database_url import SQLITE, address_of
from dingdian.storage.db.configuring import database
from dingdian.web.config import BUREAU, read_config

CONFIG = read_config()
HERE = Path(__file__).parent
IS_BUREAU = CONFIG.kind == BUREAU

DEBUG = False
SECRET_KEY = CONFIG.secret_file.read_text("utf-8").strip() if CONFIG.secret_file.exists() else ""
ALLOWED_HOSTS = list(CONFIG.hosts)
ROOT_URLCONF = "dingdian.web.urls" if IS_BUREAU else "dingdian.web.public.urls"
WSGI_APPLICATION = "dingdian.web.wsgi.application"

_ADDRESS = address_of(CONFIG.database)
DATABASES = {"default": database(_ADDRESS)}
if _ADDRESS.kind == SQLITE:
    # A page that meets a writer waits for it rather than fails.
    DATABASES["default"]["OPTIONS"] |= {"timeout": 20}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_AREAS = [
    "accounts",
    "jobs",
    "desk",
    "ledger",
    "cases",
    "inbox",
    "portal",
    "intake",
    "letters",
    "national",
    "licences",
    "objections",
    "complaints",
    "panels",
    "assessments",
    "surveys",
    "points",
    "imports",
    "streets",
    "plans",
    "access",
    "projection",
    "procedure",
    "rounds",
    "maps",
    "shelf",
    "audit",
    "api",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    *(["django_otp", "django_otp.plugins.otp_totp", "django_otp.plugins.otp_static"] * IS_BUREAU),
    *(["axes", "ninja", "dingdian.storage.db"] * IS_BUREAU),
    "dingdian.web",
    *([f"dingdian.web.{area}" for area in _AREAS] * IS_BUREAU),
    "dingdian.web.public",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "dingdian.web.middleware.telling",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dingdian.web.middleware.speaking",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    *(
        [
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django_otp.middleware.OTPMiddleware",
            "dingdian.web.middleware.guarding",
        ]
        * IS_BUREAU
    ),
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *(["axes.middleware.AxesMiddleware"] * IS_BUREAU),
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "dingdian.web.context.page",
            ],
            "builtins": ["dingdian.web.templatetags.showing", "django.templatetags.i18n"],
        },
    }
]

# -- who signs in ---------------------------------------------------------------------

_AUTH = "django.contrib.auth.password_validation"
if IS_BUREAU:
    AUTH_USER_MODEL = "accounts.User"
    AUTHENTICATION_BACKENDS = [
        "axes.backends.AxesStandaloneBackend",
        "django.contrib.auth.backends.ModelBackend",
    ]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_AUTH}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "dingdian.web.accounts.passwords.Length"},
    {"NAME": f"{_AUTH}.CommonPasswordValidator"},
    {"NAME": f"{_AUTH}.NumericPasswordValidator"},
    {"NAME": "dingdian.web.accounts.passwords.KindsOfLetters"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
#: After so many wrong passwords, of whatever names, an address waits as long: an office behind one
#: address has more names than one, and a guesser one password for many.
ADDRESS_FAILURE_LIMIT = 30
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "dingdian.web.accounts.views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "dingdian.web.visitors.address_of"
OTP_TOTP_ISSUER = "dingdian"
#: Pages of plans and maps are shown within ours (SAMEORIGIN).
SILENCED_SYSTEM_CHECKS = ["security.W019"]

# -- sessions, headers ----------------------------------------------------------------

SESSION_COOKIE_NAME = f"dingdian-{CONFIG.kind}"
SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"dingdian-{CONFIG.kind}-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "dingdian.web.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.https
SECURE_SSL_REDIRECT = CONFIG.https
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 365 * 86400 if CONFIG.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = CONFIG.https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if CONFIG.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# -- files ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data / "static"
STATICFILES_DIRS = [("assets", ASSETS)] if ASSETS.is_dir() else []
STATICFILES_FINDERS = [
    "dingdian.web.statics.Assets",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "dingdian.web.statics.Storage"},
}
MEDIA_ROOT = CONFIG.data / "uploads"
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = [
    "dingdian.web.uploads.Limited",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# -- e-mail ---------------------------------------------------------------------------

EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = CONFIG.mail_host, CONFIG.mail_port, CONFIG.mail_tls
EMAIL_HOST_USER = CONFIG.mail_user
EMAIL_HOST_PASSWORD = CONFIG.mail_password
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = CONFIG.mail_from

# -- words and days -------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "dingdian-language"
LANGUAGE_COOKIE_AGE = 365 * 86400
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = "dingdian.web.formats"

FORM_RENDERER = "dingdian.web.widgets.Renderer"

# -- what the program says of itself ---------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "dingdian.web.logs.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": CONFIG.log_level},
    "loggers": {
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
