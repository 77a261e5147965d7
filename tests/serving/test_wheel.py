"""What pip installs is all there is: pages, assets and Chinese come out of the wheel."""

import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.serving.server import environment, serving

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the locked packages and the built wheel; its `tandem`."""
    place = tmp_path_factory.mktemp("wheel")
    pip(Path(sys.executable), "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(place), str(ROOT))
    wheel = next(place.glob("tandem-*.whl"))
    venv.create(place / "env", with_pip=True)
    python = place / "env/bin/python"
    pip(python, "install", "--require-hashes", "-r", str(ROOT / "requirements/runtime.lock"))
    pip(python, "install", "--no-deps", str(wheel))
    return place / "env/bin/tandem"


def pip(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr


def test_the_wheel_serves_pages_in_chinese_with_their_style(installed: Path, tmp_path: Path) -> None:
    with (ROOT / "src/tandem/locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as text:
        sign_in = str(read_po(text).get("Sign in").string)  # type: ignore[union-attr]
    with serving(tmp_path, tandem=(str(installed),), PYTHONPATH="") as server:
        status, page = server.get("/accounts/login/", Accept_Language="zh-CN")
        assert (status, f"<title>{sign_in}" in page) == (200, True)
        for address in re.findall(r'(?:href|src)="(/static/[^"#]+)', page):
            assert server.get(address)[0] == 200, address
    assert server.process.returncode == 0


def test_the_wheel_holds_nothing_else(installed: Path) -> None:
    place = next((installed.parents[1] / "lib").glob("python*/site-packages"))
    names = {path.relative_to(place).parts[0] for path in place.rglob("*") if "tandem" in path.parts[-1]}
    assert {name for name in names if name.startswith("tandem")} <= {"tandem"} | {
        path.name for path in place.glob("tandem-*.dist-info")
    }
    assert not list((place / "tandem").rglob("test_*"))
    assert list((place / "tandem").rglob("*.mo"))


def test_every_dependency_is_locked_with_hashes() -> None:
    for name in ("runtime", "dev"):
        text = (ROOT / f"requirements/{name}.lock").read_text()
        entries = re.findall(r"^[a-z0-9][^\n]*(?:\n {4}--hash[^\n]*)+", text, re.MULTILINE)
        assert len(entries) == len(re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE))
        assert "://" not in text


def test_the_installed_command_knows_its_version(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(installed), "--version"],
        capture_output=True,
        text=True,
        env=environment(tmp_path, PYTHONPATH=""),
        check=True,
    )
    assert done.stdout.startswith("tandem ")
