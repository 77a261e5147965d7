"""Django's settings, made from the environment (see environment.py and docs/settings.md)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from tandem.config import environment, jobs
from tandem.config.databases import database
from tandem.config.mail import mail
from tandem.config.secret import secret_key

PACKAGE = Path(__file__).parent.parent
DATA_DIR = environment.DATA_DIR()
BASE_URL = environment.BASE_URL()
DEMO = environment.DEMO()
DEBUG = environment.DEBUG()
HTTPS = environment.HTTPS()
METRICS_TOKEN = environment.METRICS_TOKEN()
RATE_PERSON = environment.RATE_PERSON()
RATE_ADDRESS = environment.RATE_ADDRESS()
COACH_MODEL = {
    "address": environment.COACH_MODEL_URL(),
    "key": environment.COACH_MODEL_KEY(),
    "name": environment.COACH_MODEL_NAME(),
    "sends_more": environment.COACH_MODEL_SENDS() == "more",
    "seconds": max(1, environment.COACH_MODEL_SECONDS()),
}

SECRET_KEY = environment.SECRET_KEY() or secret_key(DATA_DIR)
_host = urlsplit(BASE_URL).hostname or "localhost"
# The demo holds nothing worth stealing and should open from whatever name its machine has.
ALLOWED_HOSTS = ["*"] if DEMO else [_host, "localhost", "127.0.0.1", "[::1]", *environment.ALLOWED_HOSTS()]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

ROOT_URLCONF = "tandem.config.urls"
WSGI_APPLICATION = "tandem.config.wsgi.application"
FEATURES = [
    "pages", "integrations", "insights", "guide", "growth", "okr", "rewards", "kpi", "cycles", "people", "activity",
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "tandem.activity",
    "tandem.search",
    "tandem.people",
    "tandem.cycles",
    "tandem.kpi",
    "tandem.rewards",
    "tandem.okr",
    "tandem.growth",
    "tandem.guide",
    "tandem.insights",
    "tandem.integrations.people_file",
    "tandem.pages",
]
MIDDLEWARE = [
    "tandem.config.metrics.MetricsMiddleware",
    "tandem.config.health.HealthMiddleware",
    "tandem.config.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tandem.config.assets.AssetsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tandem.config.signin.PersonMiddleware",
    "tandem.config.reader.ReaderMiddleware",
    "tandem.config.limits.LimitsMiddleware",
    "tandem.config.signin.SignInRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tandem.config.refusals.RefusalMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tandem.config.repeats.RepeatsMiddleware",
    "tandem.pages.tables.CsvMiddleware",
    "tandem.config.wall.BlindPagesMiddleware",
]

# --- database and jobs
DATABASES = {"default": database(environment.DATABASE_URL(), DATA_DIR, environment.SQLITE_SYNC())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PERIODIC_JOBS = jobs.PERIODIC_JOBS

# --- mail: requests enqueue, the worker sends
EMAIL_BACKEND = "tandem.activity.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = environment.MAIL_FROM()
_mail: dict[str, Any] = mail(environment.MAIL_URL())
globals().update(_mail)

# --- templates
TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / name / "templates" for name in FEATURES],
        "OPTIONS": {
            "environment": "tandem.config.jinja.environment",
        },
    },
    {
        "NAME": "django",  # allauth's mails and nothing else
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# --- languages and time
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = environment.LANGUAGE()
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS

# --- sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["tandem.people.recall.SignInBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tandem.people.signin.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "tandem.people.signin.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Tandem] "
PASSWORD_RESET_TIMEOUT = 2 * 3600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = environment.PROXIES()
USERSESSIONS_TRACK_ACTIVITY = False

# --- sessions, cookies, transport
SESSION_ENGINE = "tandem.people.recall"
KPI_LEVELS = environment.KPI_LEVELS()
SESSION_COOKIE_AGE = environment.SESSION_DAYS() * 86_400
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tandem.config.refusals.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# The policy in headers.py says who may frame a page (nobody), as X-Frame-Options did.
# HSTS speaks for Tandem's own name only: whether all of a company's names are HTTPS is not Tandem's to promise.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W021"]

# --- cache: throttling of sign-in; in the database so that all processes and nodes count together
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "tandem_cache"},
}

# --- files people hand in; with the database and the secret they are what a backup holds
MEDIA_ROOT = DATA_DIR / "uploads"

# --- static files
STATIC_URL = "/static/"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tandem.config.assets.AssetStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.LOG_LEVEL().upper()},
    "loggers": {"django": {"level": environment.LOG_LEVEL().upper()}, "django.request": {"level": "ERROR"}},
}
