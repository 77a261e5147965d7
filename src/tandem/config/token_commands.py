"""`tandem token`: personal tokens for programs, from the command line."""

import click
from django.utils.translation import gettext as _

from tandem.config.database_upgrade import upgrade_database


@click.group()
def token() -> None:
    """Tokens with which programs sign in as a person."""


@token.command("add")
@click.argument("email")
@click.option("--name", required=True, help="What it is used for.")
@click.option(
    "--scope", type=click.Choice(["read", "check_in", "write", "readings", "admin"]), default="read", show_default=True,
    help="What it may do at most.",
)  # fmt: skip
@click.option("--indicator", default="", help="For the scope readings: the code of the one indicator it supplies.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it lasts.")
def add(email: str, name: str, scope: str, indicator: str, days: int) -> None:
    """Make a token for the person with this e-mail address, and print it. It cannot be shown again."""
    from tandem.config.people_door import make_token_for

    upgrade_database()
    click.echo(make_token_for(email, name, scope, days, about=indicator))


@token.command("list")
def list_tokens() -> None:
    """The tokens that sign in: id, scope, end, person, name; tabs between them."""
    from tandem.config.people_door import token_lines

    upgrade_database()
    for line in token_lines():
        click.echo(line)


@token.command("revoke")
@click.argument("token_id", type=click.IntRange(1))
def revoke_one(token_id: int) -> None:
    """Turn the token with this id away from now on."""
    from tandem.config.people_door import revoke

    upgrade_database()
    revoke(token_id)
    click.echo(_("The token is revoked."))
