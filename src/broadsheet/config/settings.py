"""Django's settings, made from the home and the one table of settings."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import broadsheet
from broadsheet import __version__
from broadsheet.foundation.home import home_from_environment
from broadsheet.foundation.settings import load_settings

HOME = home_from_environment()
BROADSHEET = load_settings(HOME.settings_file)
VERSION = __version__

SECRET_KEY = HOME.secret("secret_key")
DEBUG = BROADSHEET.flag("debug")
SITE_URL = BROADSHEET.text("site_url").rstrip("/") or f"http://localhost:{BROADSHEET.number('port')}"
ALLOWED_HOSTS = [
    str(urlsplit(SITE_URL).hostname),
    "localhost",
    "127.0.0.1",
    "[::1]",
    *BROADSHEET.words("allowed_hosts"),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE_URL.startswith("https:") else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # whoever was logged out logs in again in a frame above their text
STRICT_READS = BROADSHEET.flag("strict_reads")

ROOMS = [
    "broadsheet.desk",
    "broadsheet.syndication",
    "broadsheet.search",
    "broadsheet.fronts",
    "broadsheet.newsfeed",
    "broadsheet.stories",
    "broadsheet.people",
    "broadsheet.mediabank",
    "broadsheet.proofreading",
    "broadsheet.editions",
    "broadsheet.accounts",
    "broadsheet.press",
    "broadsheet.mail",
    "broadsheet.index",
    "broadsheet.jobs",
    "broadsheet.design",
    "broadsheet.foundation",
]
INSTALLED_APPS = [
    "broadsheet.config",
    *ROOMS,
    # The desk's own scripts ask for these two; their addresses are closed (see desk.closed).
    "wagtail.documents",
    "wagtail.images",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIDDLEWARE = [
    "broadsheet.press.compression.Compression",
    "broadsheet.config.edge.RequestEdge",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What a public page never needs and never gets: these act on /desk/ and /account/ only.
    "broadsheet.config.edge.sessions",
    "broadsheet.config.edge.language",
    "broadsheet.config.edge.common",
    "broadsheet.config.edge.csrf",
    "broadsheet.config.edge.authentication",
    "broadsheet.config.edge.zone_of_work",
    "broadsheet.config.edge.messages",
    "broadsheet.config.edge.frames",
    "broadsheet.config.edge.closed_addresses",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "broadsheet.config.urls"
WSGI_APPLICATION = "broadsheet.config.wsgi.application"
APPEND_SLASH = False
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "broadsheet.desk.context.desk",
                "broadsheet.accounts.context.words",
            ],
        },
    },
]


def _database() -> dict[str, Any]:
    address = BROADSHEET.text("database_url")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME.database,
            # Kept open: a new connection reads the whole schema again, which takes longer than a page.
            "CONN_MAX_AGE": None,
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
        "ENQUEUE_ON_COMMIT": False,
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "broadsheet.editions.access.RoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "broadsheet.accounts.adapter.AccountAdapter"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [Path(broadsheet.__file__).parent / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# On disk, so that limits on log-ins count across the processes; no public page asks it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": HOME.run / "cache"}}

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
MEDIA_URL = "/media/"
MEDIA_ROOT = HOME.media
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = [
    "broadsheet.mediabank.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20

EMAIL_BACKEND = "broadsheet.mail.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = BROADSHEET.text("mail_from")

WAGTAIL_SITE_NAME = "Broadsheet"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_AUTOSAVE_INTERVAL = 1000
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 4000
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False

SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]
LOGGING_CONFIG = "broadsheet.config.logs.configure"
LOGGING = {"format": BROADSHEET.text("log")}
