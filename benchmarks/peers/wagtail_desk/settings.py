"""A plain Wagtail site on a copy of Broadsheet's home: the same database, rooms and blocks; all else as Wagtail has it.

Wagtail as it comes puts words into its search and references into their index while the editor waits, as Broadsheet
does. With PEER_JOBS=later it leaves both to a worker, whose work is not measured.
"""

import os
from pathlib import Path

import wagtail

from broadsheet.config.settings import *  # noqa: F403
from broadsheet.config.settings import INSTALLED_APPS as OURS
from broadsheet.config.settings import TASKS as OUR_TASKS

INSTALLED_APPS = ["benchmarks.peers.wagtail_desk", *OURS]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "benchmarks.peers.wagtail_desk.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Wagtail's own pages before those that Broadsheet has in their place.
        "DIRS": [Path(wagtail.__file__).parent / "admin" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TASKS = OUR_TASKS if os.environ.get("PEER_JOBS") == "later" else AT_ONCE
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea"}}
WAGTAIL_AUTOSAVE_INTERVAL = 500
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 10_000
