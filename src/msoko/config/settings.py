"""Settings of the web process and of the worker."""

from __future__ import annotations

from csp.constants import NONE, SELF

from msoko.config.environment import database, read_environment
from msoko.foundation.kernel.secrets import key_from_file

ENVIRONMENT = read_environment()
HOME = ENVIRONMENT.home
HOME.mkdir(parents=True, exist_ok=True)

SECRET_KEY = key_from_file(HOME / "keys" / "session.key")
#: Key of the pseudonyms of participants. Losing it breaks the link of new data with the stored; it is in the backup.
PSEUDONYM_KEY_FILE = HOME / "keys" / "pseudonym.key"
STORAGE_ROOT = HOME / "files"
DEBUG = ENVIRONMENT.debug
IS_DEMO = ENVIRONMENT.demo
JOBS_INLINE = ENVIRONMENT.worker_inline
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)

INSTALLED_APPS = [
    # screens: first, so that their templates stand in for those of allauth
    "msoko.web.ui",
    "msoko.web.office",
    "msoko.web.public",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    # foundation
    "msoko.foundation.audit",
    "msoko.foundation.orgs",
    "msoko.foundation.access",
    "msoko.foundation.roster",
    "msoko.foundation.jobs",
    # the ring, in its order
    "msoko.cycle.regulations",
    "msoko.cycle.planning",
    "msoko.cycle.procedures",
    "msoko.cycle.collection",
    "msoko.cycle.analysis",
    "msoko.cycle.publication",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "msoko.web.ui.middleware.WorkplaceMiddleware",
]

ROOT_URLCONF = "msoko.config.urls"
WSGI_APPLICATION = "msoko.config.wsgi.application"
DATABASES = {"default": database(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "msoko.web.ui.templatetags.ui",
                "msoko.web.ui.templatetags.ui_numbers",
                "msoko.web.ui.templatetags.ui_links",
                "msoko.web.ui.templatetags.ui_fields",
                "msoko.web.ui.templatetags.ui_charts",
                "msoko.web.ui.templatetags.ui_jobs",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "msoko.web.ui.context.frame",
            ],
        },
    },
]

#: tones of the design system by level: debug, info, success, warning, error
MESSAGE_TAGS = {10: "info", 20: "info", 25: "good", 30: "warn", 40: "bad"}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "msoko.web.ui.accounts.ClosedAccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "msoko.web.ui.forms.SignInForm",
    "change_password": "msoko.web.ui.forms.NewPasswordForm",
    "reauthenticate": "msoko.web.ui.forms.ConfirmForm",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "office:home"

#: letters with reminders; off until a server is named
MAIL_ENABLED = bool(ENVIRONMENT.mail.host)
EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail.host or "localhost", ENVIRONMENT.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.mail.user, ENVIRONMENT.mail.password
EMAIL_USE_TLS = ENVIRONMENT.mail.security == "starttls"
EMAIL_USE_SSL = ENVIRONMENT.mail.security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail.sender or "msoko@localhost"
#: where people open the product: links in letters
SITE_URL = ENVIRONMENT.site_url

LANGUAGE_CODE = "ru"
TIME_ZONE = "Europe/Moscow"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Protection
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_behind_tls
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "msoko.web.ui.errors.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
