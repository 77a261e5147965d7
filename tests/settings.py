"""The settings under test: the product's own, on a database and a data directory that live as long as the run."""

import atexit
import os
import shutil
import sys
import tempfile

from tests.postgresql import Cluster

KEPT = {"TANDEM_CASES", "TANDEM_TEST_DB"}


def wants_postgresql() -> bool:
    return "--db=postgresql" in sys.argv or os.environ.get("TANDEM_TEST_DB") == "postgresql"


# The workers of pytest-xdist inherit what the first process prepared.
if "PYTEST_XDIST_WORKER" not in os.environ:
    for name in [name for name in os.environ if name.startswith("TANDEM_") and name not in KEPT]:
        del os.environ[name]
    folder = tempfile.mkdtemp(prefix="tandem-test-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["TANDEM_DATA_DIR"] = folder
    os.environ["TANDEM_SQLITE_SYNC"] = "normal"
    if wants_postgresql():
        cluster = Cluster(folder)
        atexit.register(cluster.stop)
        os.environ["TANDEM_DATABASE_URL"] = cluster.start()

from tandem.config.settings import *  # noqa: E402, F403
from tandem.config.settings import DATA_DIR, DATABASES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: write-ahead log, locks and threads behave as they do in use.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
# The real one takes a tenth of a second on purpose; a test of its own says that it is the real one elsewhere.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
