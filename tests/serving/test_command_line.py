"""The `tandem` command: exit codes, one line for an error, people let in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tandem.config.people_door import add_person_who_signs_in, change_password
from tandem.core.errors import Invalid, Missing
from tandem.people.models import Person
from tests.serving.server import environment


def tandem(data: Path, *arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tandem", *arguments],
        env=environment(data, **settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_version(tmp_path: Path) -> None:
    done = tandem(tmp_path / "none", "--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "tandem")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (["fly"], {}, "No such command"),
        (["serve", "--port", "99999"], {}, "--port"),
        (["serve"], {"TANDEM_DEMO": "perhaps"}, "TANDEM_DEMO"),
        (["serve"], {"TANDEM_DATABASE_URL": "mysql://u@h/d"}, "TANDEM_DATABASE_URL"),
    ],
)
def test_asked_wrongly(arguments: list[str], settings: dict[str, str], said: str, tmp_path: Path) -> None:
    done = tandem(tmp_path, *arguments, **settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_data_directory_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = tandem(tmp_path / "data", "serve")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_database_that_is_away_is_one_line(tmp_path: Path) -> None:
    done = tandem(tmp_path, "serve", TANDEM_DATABASE_URL="postgresql://u@127.0.0.1:9/none")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_a_refusal_is_one_line_and_nothing_is_half_done(tmp_path: Path) -> None:
    weak = tandem(tmp_path, "user", "add", "ada@example.com", "--password", "short")
    assert (weak.returncode, len(weak.stderr.splitlines())) == (1, 1)
    again = tandem(tmp_path, "user", "add", "ada@example.com", "--password", "a-long-way-to-ride")
    assert again.returncode == 0


@pytest.mark.django_db
def test_the_first_person_becomes_administrator() -> None:
    def add(email: str, **roles: bool) -> Person:
        given = {"administrator": False, "people_team": False, "champion": False, **roles}
        add_person_who_signs_in(email, email, None, "a-long-way-to-ride", **given)
        return Person.objects.get(email=email)

    assert add("ada@example.com").is_administrator
    bob = add("bob@example.com", champion=True)
    assert (bob.is_administrator, bob.is_champion) == (False, True)


@pytest.mark.django_db(transaction=True)
def test_passwords_by_command_line() -> None:
    add_person_who_signs_in(
        "ada@example.com", "Ada", None, "a-long-way-to-ride", administrator=True, people_team=False, champion=False
    )
    change_password("ADA@example.com", "another-long-way")
    assert Person.objects.get().check_password("another-long-way")
    with pytest.raises(Missing):
        change_password("nobody@example.com", "another-long-way")
    with pytest.raises(Invalid):
        change_password("ada@example.com", "short")
