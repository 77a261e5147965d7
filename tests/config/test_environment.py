"""Every setting is read by its type and written down."""

import re
from pathlib import Path

import pytest

from tandem.config import environment
from tandem.config.databases import PREPARED_AFTER, database
from tandem.config.environment import SETTINGS, SettingError
from tandem.config.mail import mail

ROOT = Path(__file__).parents[2]
MENTION = re.compile(r"\bTANDEM_[A-Z][A-Z_]*[A-Z]\b")


def mentioned(*folders: str) -> set[str]:
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".sh", ""}]
    texts = [path.read_text(encoding="utf-8", errors="ignore") for path in files if path.is_file()]
    return {name for text in [*texts, (ROOT / "Makefile").read_text()] for name in MENTION.findall(text)}


def test_every_setting_anywhere_is_documented() -> None:
    written = set(MENTION.findall((ROOT / "docs/settings.md").read_text()))
    assert mentioned("src", "tests", "scripts", "bench") - written == set()


def test_the_documentation_says_what_the_code_says() -> None:
    page = (ROOT / "docs/settings.md").read_text()
    for one in SETTINGS:
        assert f"| `{one.name}` | {one.shown} | {one.purpose} |" in page


def test_the_documentation_names_no_setting_that_is_gone() -> None:
    written = set(MENTION.findall((ROOT / "docs/settings.md").read_text()))
    assert written - mentioned("src", "tests", "scripts", "bench") == set()


def test_only_the_declaration_reads_the_environment() -> None:
    for path in (ROOT / "src/tandem").rglob("*.py"):
        names = set(re.findall(r"""environ[^\n]*["'](TANDEM_\w+)""", path.read_text()))
        assert path.name in {"environment.py", "cli.py"} or not names, path


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (environment.DEMO, "1", True),
        (environment.DEMO, " yes ", True),
        (environment.DEMO, "off", False),
        (environment.PROXIES, "2", 2),
        (environment.ALLOWED_HOSTS, "a.example, b.example,", ["a.example", "b.example"]),
        (environment.BASE_URL, "https://okr.example.com/", "https://okr.example.com"),
        (environment.SQLITE_SYNC, "NORMAL", "normal"),
        (environment.DATA_DIR, "/srv/tandem", Path("/srv/tandem")),
    ],
)
def test_a_value_is_read_by_its_type(
    setting: environment.Setting[object], text: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting.name, text)
    assert setting() == value


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (environment.DEMO, "perhaps"),
        (environment.PROXIES, "-1"),
        (environment.PROXIES, "٣"),
        (environment.SQLITE_SYNC, "off"),
        (environment.BASE_URL, "okr.example.com"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(
    setting: environment.Setting[object], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting.name, text)
    with pytest.raises(SettingError, match=setting.name):
        setting()


def test_https_follows_the_base_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_BASE_URL", "https://okr.example.com")
    assert environment.HTTPS() is True
    monkeypatch.setenv("TANDEM_HTTPS", "0")
    assert environment.HTTPS() is False


def test_sqlite_writes_at_once_waits_and_is_safe_against_power_cuts(tmp_path: Path) -> None:
    made = database("", tmp_path, "full")
    assert made["NAME"] == str(tmp_path / "tandem.sqlite3")
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert made["OPTIONS"]["timeout"] >= 10
    assert "journal_mode=WAL" in made["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in made["OPTIONS"]["init_command"]
    assert database("sqlite:////srv/t.sqlite3", tmp_path, "normal")["NAME"] == "/srv/t.sqlite3"


def test_postgresql_keeps_connections_and_binds_on_the_server(tmp_path: Path) -> None:
    made = database("postgresql://u:p%40@db.example:6000/okr?sslmode=require", tmp_path, "full")
    assert (made["HOST"], made["PORT"], made["NAME"], made["PASSWORD"]) == ("db.example", 6000, "okr", "p@")
    assert made["CONN_MAX_AGE"] is None
    assert made["OPTIONS"] == {
        "sslmode": "require",
        "server_side_binding": True,
        "prepare_threshold": PREPARED_AFTER,
        "options": "-c jit=off -c random_page_cost=1.1",
    }


@pytest.mark.parametrize("url", ["mysql://u@h/d", "nonsense", "sqlite", "postgresql://h:port/x"])
def test_another_database_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="TANDEM_DATABASE_URL"):
        database(url, tmp_path, "full")


def test_mail_addresses() -> None:
    assert mail("console:")["OUTBOX_EMAIL_BACKEND"].endswith("console.EmailBackend")
    made = mail("smtp://me%40x:s3cret@mail.example")
    assert (made["EMAIL_HOST"], made["EMAIL_PORT"], made["EMAIL_USE_TLS"]) == ("mail.example", 587, True)
    assert (made["EMAIL_HOST_USER"], made["EMAIL_HOST_PASSWORD"]) == ("me@x", "s3cret")
    assert mail("smtps://mail.example:4650")["EMAIL_USE_SSL"] is True
    for wrong in ("mail.example", "http://mail.example", "smtp:", "smtp://host:port"):
        with pytest.raises(SettingError, match="TANDEM_MAIL_URL"):
            mail(wrong)
