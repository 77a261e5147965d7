"""The `tandem` command. Answers 0 done, 1 refused or failed, 2 asked wrongly; errors go to stderr in one line."""

import os
import sys
from typing import Any

import click

from tandem import __version__
from tandem.config.environment import SettingError

INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tandem", message="%(prog)s %(version)s")
def tandem() -> None:
    """OKR steers, KPI adds power."""


def main() -> None:
    """The installed entry point."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandem.config.settings")
    try:
        _set_up()
        sys.exit(tandem(standalone_mode=False) or 0)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except click.UsageError as fault:
        _fail(fault.format_message(), 2)
    except SettingError as fault:
        _fail(str(fault), 2)
    except click.ClickException as fault:
        _fail(fault.format_message(), fault.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as fault:
        if not _is_expected(fault):
            raise
        _fail(_one_line(fault), 1)


def _set_up() -> None:
    """Django and the commands; not for `--version`, which shall be quick and never fail."""
    if sys.argv[1:2] == ["--version"]:
        return
    import django

    if sys.argv[1:2] == ["demo"]:
        from tandem.config.demo import move_to_demo

        move_to_demo()
    django.setup()
    attach()


def attach() -> None:
    from tandem.config.commands import demo, on_present_tables, serve, upgrading_after, user, work
    from tandem.config.kpi_commands import indicators, readings
    from tandem.config.token_commands import token
    from tandem.integrations.backup.cli import backup, restore
    from tandem.integrations.plan.cli import COMMANDS
    from tandem.integrations.plan.lint import lint

    on_tables = map(on_present_tables, (*COMMANDS, backup, upgrading_after(restore)))
    for one in (serve, demo, work, user, token, indicators, readings, lint, *on_tables):
        tandem.add_command(one)


def _is_expected(fault: Exception) -> bool:
    from django.db import DatabaseError

    from tandem.core.errors import Refusal

    return isinstance(fault, Refusal | OSError | DatabaseError)


def _one_line(fault: Any) -> str:
    message = getattr(fault, "message", None) or str(fault)
    return " ".join(str(message).split())


def _fail(message: str, code: int) -> None:
    click.echo(f"tandem: {message}", err=True)
    sys.exit(code)
