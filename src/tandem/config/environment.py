"""Every TANDEM_* setting: its name, its type, its default and what it is for. Nothing else reads them."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


class SettingError(ValueError):
    """A setting's value cannot be understood; the message names the setting."""


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One environment variable. `shown` is the default as the documentation words it."""

    name: str
    parse: Callable[[str], T]
    default: T | Callable[[], T]
    shown: str
    purpose: str

    @property
    def is_set(self) -> bool:
        return bool(os.environ.get(self.name, "").strip())

    def __call__(self) -> T:
        """The value in this process's environment. Raises SettingError when it makes no sense."""
        text = os.environ.get(self.name, "").strip()
        if not text:
            return self.default() if callable(self.default) else self.default
        try:
            return self.parse(text)
        except ValueError as fault:
            raise SettingError(f"{self.name}: {fault}") from None


@dataclass(frozen=True)
class OneOf:
    """Parses a word out of a few."""

    words: tuple[str, ...] = field(default=())

    def __call__(self, text: str) -> str:
        if text.lower() not in self.words:
            raise ValueError(f"{text!r} is none of {', '.join(self.words)}")
        return text.lower()


def yes_or_no(text: str) -> bool:
    words = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    if text.lower() not in words:
        raise ValueError(f"{text!r} is neither 1 nor 0")
    return words[text.lower()]


def whole_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def words(text: str) -> list[str]:
    return [part for part in (word.strip() for word in text.split(",")) if part]


def folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


def web_address(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError(f"{text!r} does not begin with http:// or https://")
    return text.rstrip("/")


def home_of_data() -> Path:
    """Where the desktop's rules say that a program keeps what it must not lose.

    A fixed place, not the working directory: `tandem serve` then finds the same company wherever it is started from.
    """
    return folder(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "tandem"


DATA_DIR = Setting(
    "TANDEM_DATA_DIR", folder, home_of_data, "$XDG_DATA_HOME/tandem or ~/.local/share/tandem",
    "Everything Tandem keeps outside the database: the generated secret, the default database, prepared assets.",
)  # fmt: skip
DATABASE_URL = Setting(
    "TANDEM_DATABASE_URL", str, "", "tandem.sqlite3 in the data directory",
    "`sqlite:///relative.sqlite3`, `sqlite:////absolute.sqlite3` or `postgresql://user:password@host/name`.",
)  # fmt: skip
SQLITE_SYNC = Setting(
    "TANDEM_SQLITE_SYNC", OneOf(("full", "normal")), "full", "full",
    "`full`: an acknowledged write survives a power cut. `normal`: it survives a crash of Tandem, "
    "and writes are about a third quicker.",
)  # fmt: skip
SECRET_KEY = Setting(
    "TANDEM_SECRET_KEY", str, "", "generated, kept in the data directory",
    "Signs sessions and reset links. Set it when several machines serve one database; 50 random characters or more.",
)  # fmt: skip
BASE_URL = Setting(
    "TANDEM_BASE_URL", web_address, "http://127.0.0.1:8000", "http://127.0.0.1:8000",
    "The address people type. Links in mails are made with it; its host is allowed.",
)  # fmt: skip
ALLOWED_HOSTS = Setting(
    "TANDEM_ALLOWED_HOSTS", words, list, "the host of the base address, localhost, 127.0.0.1, [::1]",
    "Further host names that Tandem answers to, separated by commas.",
)  # fmt: skip
HTTPS = Setting(
    "TANDEM_HTTPS", yes_or_no, lambda: BASE_URL().startswith("https://"), "1 if the base address begins with https://",
    "Cookies over HTTPS only, redirect to HTTPS, HSTS. The proxy in front must set `X-Forwarded-Proto`.",
)  # fmt: skip
PROXIES = Setting(
    "TANDEM_PROXIES", whole_number, 0, "0",
    "How many reverse proxies stand in front: so many entries of `X-Forwarded-For` are trusted when throttling.",
)  # fmt: skip
MAIL_URL = Setting(
    "TANDEM_MAIL_URL", str, "console:", "console:",
    "How mail leaves: `console:` prints it, `smtp://user:password@host:587` (STARTTLS), `smtps://host:465` (TLS), "
    "`smtp+plain://host:25` (neither).",
)  # fmt: skip
MAIL_FROM = Setting(
    "TANDEM_MAIL_FROM", str, "Tandem <tandem@localhost>", "Tandem <tandem@localhost>",
    "The sender of Tandem's mails.",
)  # fmt: skip
LANGUAGE = Setting(
    "TANDEM_LANGUAGE", OneOf(("en", "zh-hans")), "en", "en",
    "The language for readers who neither chose one nor have a browser that asks for `en` or `zh-hans`.",
)  # fmt: skip
KPI_LEVELS = Setting(
    "TANDEM_KPI_LEVELS", whole_number, 0, "0",
    "How many levels of managers above a carrier see targets, values and scorecards: 1 is the manager alone, 0 the "
    "whole line. Carrier, reviewers and people team see them anyway.",
)  # fmt: skip
SESSION_DAYS = Setting(
    "TANDEM_SESSION_DAYS", whole_number, 14, "14", "After how many days without a visit one must sign in again.",
)  # fmt: skip
METRICS_TOKEN = Setting(
    "TANDEM_METRICS_TOKEN", str, "", "none",
    "`/metrics` answers whoever sends it as `Authorization: Bearer`; without it, only the machine Tandem runs on.",
)  # fmt: skip
RATE_PERSON = Setting(
    "TANDEM_RATE_PERSON", whole_number, 1200, "1200",
    "How many requests a minute a person (or one of their tokens) may make, in each server process; a quarter of it "
    "may come at once. 0 sets no limit.",
)  # fmt: skip
RATE_ADDRESS = Setting(
    "TANDEM_RATE_ADDRESS", whole_number, 600, "600",
    "The same for whoever is not signed in, by network address (a whole office may share one). 0 sets no limit.",
)  # fmt: skip
COACH_MODEL_URL = Setting(
    "TANDEM_COACH_MODEL_URL", web_address, "", "none: no model is asked",
    "Where an OpenAI-compatible model answers (`https://host/v1`). The coach's pages then offer a button that asks it "
    "for drafts of questions; nothing is sent without a click.",
)  # fmt: skip
COACH_MODEL_KEY = Setting(
    "TANDEM_COACH_MODEL_KEY", str, "", "none", "Sent to that model as `Authorization: Bearer`.",
)  # fmt: skip
COACH_MODEL_NAME = Setting(
    "TANDEM_COACH_MODEL_NAME", str, "default", "default", "Which model is asked for by name.",
)  # fmt: skip
COACH_MODEL_SENDS = Setting(
    "TANDEM_COACH_MODEL_SENDS", OneOf(("titles", "more")), "titles", "titles",
    "`titles`: the model gets the titles of goals that are open to all. `more`: their descriptions and numbers too. "
    "Never who wrote them.",
)  # fmt: skip
COACH_MODEL_SECONDS = Setting(
    "TANDEM_COACH_MODEL_SECONDS", whole_number, 10, "10", "How long an answer of the model is waited for.",
)  # fmt: skip
LOG_LEVEL = Setting(
    "TANDEM_LOG_LEVEL", OneOf(("debug", "info", "warning", "error")), "warning", "warning",
    "How much is written to standard error.",
)  # fmt: skip
DEMO = Setting(
    "TANDEM_DEMO", yes_or_no, False, "0",
    "Demo mode: the sign-in page offers people with one click, any host name is answered. Never with real data.",
)  # fmt: skip
DEBUG = Setting(
    "TANDEM_DEBUG", yes_or_no, False, "0",
    "For developers: tracebacks in the browser, templates read anew. Never where others can reach it.",
)  # fmt: skip

SETTINGS: tuple[Setting[Path] | Setting[str] | Setting[bool] | Setting[int] | Setting[list[str]], ...] = (
    DATA_DIR, DATABASE_URL, SQLITE_SYNC, SECRET_KEY, BASE_URL, ALLOWED_HOSTS, HTTPS, PROXIES, MAIL_URL, MAIL_FROM,
    LANGUAGE, SESSION_DAYS, KPI_LEVELS, METRICS_TOKEN, RATE_PERSON,
    RATE_ADDRESS, COACH_MODEL_URL, COACH_MODEL_KEY, COACH_MODEL_NAME, COACH_MODEL_SENDS,
    COACH_MODEL_SECONDS, LOG_LEVEL, DEMO, DEBUG,
)  # fmt: skip
