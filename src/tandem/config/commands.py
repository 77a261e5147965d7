"""The commands that run the server and let people in."""

import signal
from functools import wraps
from typing import Any

import click
from django.conf import settings
from django.utils.translation import gettext as _

from tandem.config import environment
from tandem.config.database_upgrade import upgrade_database


def on_present_tables(command: click.Command) -> click.Command:
    """The same command on a database that has been brought to this version's tables first."""
    act = command.callback
    assert act is not None

    @wraps(act)
    def run(*args: Any, **kwargs: Any) -> Any:
        upgrade_database()
        return act(*args, **kwargs)

    command.callback = run
    return command


def upgrading_after(command: click.Command) -> click.Command:
    """The same command, whose tables may be an earlier version's: they are brought to this one's at the end."""
    act = command.callback
    assert act is not None

    @wraps(act)
    def run(*args: Any, **kwargs: Any) -> Any:
        done = act(*args, **kwargs)
        upgrade_database()
        return done

    command.callback = run
    return command


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
@click.option("--worker/--no-worker", "background", default=True, help="Run background work here too.")
def serve(host: str, port: int, workers: int, background: bool) -> None:
    """Serve the pages and the API, and do the background work."""
    from tandem.config import server

    greeting = _("Tandem is at %(address)s (Ctrl-C stops it)") % {"address": f"{_address(host, port)}/"}
    server.serve(host, port, workers, background, prepare=upgrade_database, greeting=greeting)


def _address(host: str, port: int) -> str:
    """Where one reaches this server; links in mails say so too, unless the site has named its address."""
    address = f"http://{host}:{port}"
    if not environment.BASE_URL.is_set and host != "0.0.0.0":  # noqa: S104 - compared, not bound
        settings.BASE_URL = address
    return address


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for all.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--keep", is_flag=True, help="Go on with the demo of last time instead of a fresh one.")
def demo(host: str, port: int, keep: bool) -> None:
    """Serve a demo company, in a database of its own."""
    from tandem.config import server
    from tandem.config.demo import build, sweep

    if not keep:
        sweep()
    greeting = _("The demo is at %(address)s (Ctrl-C stops it)") % {"address": f"{_address(host, port)}/"}
    server.serve(host, port, 1, background=True, prepare=build, greeting=greeting)


@click.command()
def work() -> None:
    """Do background work only: send the outbox, run periodic jobs."""
    from tandem.activity.worker import Worker

    upgrade_database()
    worker = Worker()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.ask_to_stop())
    click.echo(_("Working (Ctrl-C stops it)"))
    worker.run()


@click.group()
def user() -> None:
    """Let people in."""


@user.command("add")
@click.argument("email")
@click.option("--name", help="As others shall see it; the e-mail's first part if left out.")
@click.option("--unit", "unit_key", help="The id of the home unit.")
@click.option("--administrator", is_flag=True, help="May do everything.")
@click.option("--people-team", is_flag=True, help="Keeps people and units.")
@click.option("--champion", is_flag=True, help="Opens and closes cycles.")
@click.password_option(help="Asked for when left out.")
def add(
    email: str, name: str | None, unit_key: str | None, administrator: bool, people_team: bool, champion: bool,
    password: str,
) -> None:  # fmt: skip
    """Add a person who can sign in. The first one becomes administrator."""
    from tandem.config.people_door import add_person_who_signs_in

    upgrade_database()
    name_shown = add_person_who_signs_in(
        email, name or email.partition("@")[0], unit_key, password,
        administrator=administrator, people_team=people_team, champion=champion,
    )  # fmt: skip
    click.echo(_("%(name)s can sign in as %(email)s") % {"name": name_shown, "email": email})


@user.command("password")
@click.argument("email")
@click.password_option(help="Asked for when left out.")
def password(email: str, password: str) -> None:
    """Give a person a new password."""
    from tandem.config.people_door import change_password

    upgrade_database()
    change_password(email, password)
    click.echo(_("New password set for %(email)s") % {"email": email})
