"""Django's settings, made from the operator's (see `configuration.py`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from csp.constants import NONE, SELF

from skillmark import configuration, sqlite

sqlite.use_bundled()

CONFIGURATION = configuration.load()
HERE = Path(__file__).parent

BASE_URL = CONFIGURATION.base_url
DEBUG = CONFIGURATION.debug
SAMPLES = CONFIGURATION.samples
SECRET_KEY = CONFIGURATION.secret_key or configuration.kept_secret(CONFIGURATION.keys_dir / "secret.key").hex()
OUTER_KEY = configuration.outer_key(CONFIGURATION)
PKCS11_MODULE, PKCS11_TOKEN = CONFIGURATION.pkcs11_module, CONFIGURATION.pkcs11_token
PKCS11_PIN = CONFIGURATION.pkcs11_pin
_host = urlsplit(BASE_URL).hostname or "localhost"
ALLOWED_HOSTS = (
    ["*"]  # phones reach us by whatever address this computer has today
    if CONFIGURATION.lan
    else ["localhost", "127.0.0.1", "[::1]", _host, *filter(None, CONFIGURATION.allowed_hosts.split(","))]
)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton",
    "django_htmx",
    "django_q",
    "ninja",
    "skillmark.rooms.journal",
    "skillmark.rooms.people",
    "skillmark.rooms.skills",
    "skillmark.rooms.signing",
    "skillmark.rooms.credentials",
    "skillmark.rooms.records",
    "skillmark.rooms.holdings",
    "skillmark.rooms.health",
    "skillmark.rooms.talent",
    "skillmark.rooms.imports",
    "skillmark.edges.web",
    "skillmark.edges.public",
    "skillmark.edges.jobs",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

APPEND_SLASH = False  # no address ends with one: what is not found need not be looked for twice
ROOT_URLCONF = "skillmark.urls"
WSGI_APPLICATION = "skillmark.wsgi.application"
AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "skillmark.edges.web.navigation.context",
            ],
        },
    },
]

# --- data ---
if CONFIGURATION.database_url:
    DATABASES = {"default": dj_database_url.parse(CONFIGURATION.database_url)}
    # Options in the address itself (a socket's folder, sslmode) stay.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(CONFIGURATION.data_dir / "skillmark.sqlite3"),
            "CONN_MAX_AGE": None,  # opening one, and emptying the log when it is closed, took longer than most questions
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-20000; PRAGMA secure_delete=ON;",
            },
        }
    }
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FILE_UPLOAD_HANDLERS = [
    "skillmark.edges.web.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- language and time ---
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_TZ = True
TIME_ZONE = "UTC"

# --- static files ---
STATIC_URL = "static/"
STATIC_ROOT = CONFIGURATION.data_dir / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise looks for it at every start, also before anything was collected
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = CONFIGURATION.data_dir / "files"
MOVE_IN = CONFIGURATION.move_in
ERASED_LIST = CONFIGURATION.data_dir / "erased.txt"

# --- security ---
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# "no-referrer" would make browsers send `Origin: null` with every form, which the forgery check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = CONFIGURATION.is_https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.is_https else None

# --- sign-in: e-mail code and passkey; nobody has a password ---
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "skillmark.edges.web.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
# Browsers allow passkeys on http://localhost, and there only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _host == "localhost"

# --- mail ---
if CONFIGURATION.email_url:
    vars().update({k: v for k, v in dj_email_url.parse(CONFIGURATION.email_url).items() if k != "SERVER_EMAIL"})
    DEFAULT_FROM_EMAIL = CONFIGURATION.email_from
EMAIL_IS_SET_UP = bool(CONFIGURATION.email_url)

# --- jobs: only skillmark.edges.jobs knows the engine ---
Q_CLUSTER = {
    "name": "skillmark",
    "orm": "default",
    "workers": 1,
    "timeout": 300,
    "retry": 360,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "poll": 1,
    "label": "jobs",
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django would write the address of every refused request into the log, and addresses of shares and slips are secrets.
    "loggers": {"skillmark": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
