"""The settings of one town. Everything a system manager sets comes from the environment; the rest stands here."""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from samenraad import instruments
from samenraad.site.databases import beside
from samenraad.site.secret import kept_secret

HERE = Path(__file__).resolve().parent
env = environ.Env()

DATA = Path(env.str("SAMENRAAD_DATA", default="var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)

DEMO = env.bool("SAMENRAAD_DEMO", default=False)
DEBUG = env.bool("SAMENRAAD_DEBUG", default=False)
SECRET_KEY = env.str("SAMENRAAD_SECRET_KEY", default="") or kept_secret(DATA / "secret-key")
#: keys the digests of letter codes; changing it makes every letter code worthless
CODE_KEY = env.str("SAMENRAAD_CODE_KEY", default="") or SECRET_KEY
ALLOWED_HOSTS = env.list("SAMENRAAD_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
#: the address that stands in letters and e-mails
PUBLIC_URL = env.str("SAMENRAAD_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL.startswith("https://") else []

INSTALLED_APPS = [
    "samenraad.site",
    "samenraad.followup",
    "samenraad.ballots",
    "samenraad.ballots.roll",
    "samenraad.ballots.box",
    "samenraad.discussion",
    "samenraad.questionnaires",
    *[f"samenraad.instruments.{module.name}" for module in iter_modules(instruments.__path__) if module.ispkg],
    "samenraad.processes",
    "samenraad.post",
    "samenraad.people",
    "samenraad.ledger",
    "samenraad.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samenraad.site.middleware.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samenraad.site.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "samenraad.people.middleware.person",
    "samenraad.site.middleware.refusals",
]

ROOT_URLCONF = "samenraad.site.urls"
WSGI_APPLICATION = "samenraad.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "samenraad.site.context.town",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "samenraad.ui.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "samenraad.ui.forms.Renderer"


def _apart(variable: str, name: str) -> dict[str, Any]:
    given = env.str(variable, default="")
    return env.db(variable) if given else beside(DATA, env.str("DATABASE_URL", default=""), name)


DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA / 'samenraad.sqlite3'}"),
    # who may vote, and what was voted: two databases, with nothing that leads from one to the other
    "roll": _apart("ROLL_DATABASE_URL", "roll"),
    "box": _apart("BOX_DATABASE_URL", "box"),
}
for _database in DATABASES.values():
    if _database["ENGINE"].endswith("sqlite3"):
        _database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
    else:
        _database.setdefault("CONN_MAX_AGE", 60)
        _database["CONN_HEALTH_CHECKS"] = True
for _name in ("roll", "box"):
    if DATABASES[_name]["ENGINE"].endswith("sqlite3"):
        # a vote that was confirmed survives a power cut, and what is deleted leaves no trace on the disk
        DATABASES[_name]["OPTIONS"]["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        )
DATABASE_ROUTERS = ["samenraad.ballots.router.Boxes"]
#: three keys of the ballot: of the codes on the roll, of the tickets in the box, and the one that signs the board
ROLL_KEY = env.str("SAMENRAAD_ROLL_KEY", default="") or kept_secret(DATA / "roll-key")
BOX_KEY = env.str("SAMENRAAD_BOX_KEY", default="") or kept_secret(DATA / "box-key")
BOARD_KEY = env.str("SAMENRAAD_BOARD_KEY", default="") or kept_secret(DATA / "board-key")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/my/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "samenraad.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,12/h/key"}
ACCOUNT_FORMS = {
    "login": "samenraad.people.forms.SignInForm",
    "request_login_code": "samenraad.people.forms.CodeForm",
    "confirm_login_code": "samenraad.people.forms.ConfirmCodeForm",
    "confirm_email_verification_code": "samenraad.people.forms.ConfirmEmailForm",
    "add_email": "samenraad.people.forms.AddEmailForm",
    "change_password": "samenraad.people.forms.ChangePasswordForm",
    "set_password": "samenraad.people.forms.SetPasswordForm",
    "reset_password": "samenraad.people.forms.ResetPasswordForm",
    "reset_password_from_key": "samenraad.people.forms.ResetPasswordKeyForm",
    "reauthenticate": "samenraad.people.forms.ReauthenticateForm",
}
#: six digits, as people know them from elsewhere
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
#: how many proxies stand before us and may be believed about who asks
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("SAMENRAAD_PROXIES", default=0)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False

LANGUAGE_CODE = env.str("SAMENRAAD_LANGUAGE", default="nl")
LANGUAGES = [
    ("nl", _("Dutch")),
    ("nl-be", _("Flemish")),
    ("en", _("English")),
    ("fr", _("French")),
    ("de", _("German")),
]
#: languages a visitor can choose; French and German catalogues are prepared, not finished
OFFERED_LANGUAGES = env.list("SAMENRAAD_LANGUAGES", default=[LANGUAGE_CODE, "en"])
#: languages that can be chosen besides on the road of a letter: from its code to the receipt
LETTER_LANGUAGES = env.list("SAMENRAAD_LETTER_LANGUAGES", default=[LANGUAGE_CODE, "en", "fr", "de"])
#: languages in which official texts (question, promise, letters) can be given
TEXT_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
_leaflet = find_spec("leaflet")
STATICFILES_DIRS = (
    [("leaflet", Path(_leaflet.origin).parent / "static" / "leaflet")] if _leaflet and _leaflet.origin else []
)
MEDIA_URL = "media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
#: map tiles, for example https://tiles.example.org/{z}/{x}/{y}.png; without an address there is no map, only the list
TILE_URL = env.str("SAMENRAAD_TILES", default="")
TILE_CREDIT = env.str("SAMENRAAD_TILES_CREDIT", default="")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([TILE_URL.split("/{")[0]] if TILE_URL else [])],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if PUBLIC_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SAMENRAAD_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

EMAIL_BACKEND = env.str("SAMENRAAD_EMAIL_BACKEND", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env.str("SAMENRAAD_EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("SAMENRAAD_EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("SAMENRAAD_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.str("SAMENRAAD_EMAIL_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("SAMENRAAD_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
#: for a mail service: SAMENRAAD_EMAIL_BACKEND=anymail.backends.<name>.EmailBackend, and its settings as JSON
ANYMAIL = env.json("SAMENRAAD_ANYMAIL", default={})
DEFAULT_FROM_EMAIL = env.str("SAMENRAAD_EMAIL_FROM", default="samenraad <noreply@localhost>")
#: the part behind the @ in each Message-ID
MAIL_DOMAIN = env.str("SAMENRAAD_MAIL_DOMAIN", default="samenraad.invalid")
#: a message that is in the air for longer is "unsure": its worker was killed, and a person has to look
POST_LEASE = timedelta(minutes=env.int("SAMENRAAD_POST_LEASE_MINUTES", default=10))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": True}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        # of the booth it writes neither who nor when
        "line": {
            "()": "samenraad.ballots.logs.Formatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django would send what broke by mail, with all that was in the request, and write each address it serves
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "django.server": {"handlers": ["console"]}},
}
