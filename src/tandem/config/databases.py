"""What a database address means for Django."""

from pathlib import Path
from typing import Any

import dj_database_url

from tandem.config.environment import SettingError

BUSY_TIMEOUT = 60  # seconds a writer waits for others on SQLite, which lets them in by chance and not in turn
CACHE_KIB = 2_000  # of each thread; the operating system keeps the file anyway, and what is here counts four times
PREPARED_AFTER = 2  # times that PostgreSQL meets a query before it keeps its plan


def database(url: str, data_dir: Path, sqlite_sync: str) -> dict[str, Any]:
    """Django's description of the database at `url` (empty: SQLite in the data directory).

    Raises SettingError for an address that is neither SQLite nor PostgreSQL.
    """
    if not url:
        return _sqlite({"NAME": str(data_dir / "tandem.sqlite3")}, sqlite_sync)
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError):
        found = {}
    engine = str(found.get("ENGINE", ""))
    if engine.endswith("sqlite3"):
        return _sqlite(found, sqlite_sync)
    if engine.endswith("postgresql"):
        return _postgresql(found)
    raise SettingError("TANDEM_DATABASE_URL: neither a sqlite:/// nor a postgresql:// address")


def _sqlite(found: dict[str, Any], sync: str) -> dict[str, Any]:
    # Immediate: a transaction that starts as a reader and then writes is refused when another wrote in between.
    return {
        **found,
        "ENGINE": "django.db.backends.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            **found.get("OPTIONS", {}),
            "transaction_mode": "IMMEDIATE",
            "timeout": BUSY_TIMEOUT,
            "init_command": (
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous={sync.upper()}; PRAGMA foreign_keys=ON; "
                f"PRAGMA temp_store=MEMORY; PRAGMA cache_size=-{CACHE_KIB};"
            ),
        },
    }


def _postgresql(found: dict[str, Any]) -> dict[str, Any]:
    # One kept connection per thread; a fresh one per request cost more in the database than the request itself.
    # Planning a query over six tables costs four times what it costs to run: the plan is kept with the connection.
    # No plan is compiled: for a search, whose parts together look dear, that cost 80 ms of the 85 it took.
    # A page at random costs little more than the next: else a list of links was joined with all objectives there are.
    given = found.get("OPTIONS", {})
    options = f"{given.get('options', '')} -c jit=off -c random_page_cost=1.1".strip()
    return {
        **found,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **given,
            "options": options,
            "server_side_binding": True,
            "prepare_threshold": PREPARED_AFTER,
        },
    }
