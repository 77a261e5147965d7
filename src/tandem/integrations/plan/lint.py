"""`tandem lint`: the coach's questions about a plan file, for a merge request's pipeline."""

import json
import sys
from collections import Counter
from typing import Any

import click
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tandem.coach import CHECKS, QUESTION
from tandem.integrations.plan.cli import faults_shown, plan_file, printable
from tandem.integrations.plan.linting import Found, findings
from tandem.integrations.plan.reading import read


@click.command()
@click.argument("file", type=plan_file)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--summary", is_flag=True, help="Only how many of each code.")
@click.option("--strict", is_flag=True, help="Answer 1 when there is a question (hints do not count).")
@click.option("--language", type=click.Choice(["en", "zh-hans"]), default="en", show_default=True)
def lint(file: str, form: str, summary: bool, strict: bool, language: str) -> None:
    """Ask the coach about the goals in FILE (- is standard input). Needs no database and changes nothing."""
    with translation.override(language):
        with faults_shown():
            found = list(findings(read(file)))
        if form == "json":
            _as_json(found, summary=summary)
        else:
            _as_text(found, summary=summary)
    if strict and any(one.finding.severity == QUESTION for one in found):
        sys.exit(1)


def _as_text(found: list[Found], *, summary: bool) -> None:
    if not summary:
        for path, one in found:
            words = f" “{one.words}”" if one.words else ""
            click.echo(printable(f"{path}: {one.code}{words}: {one.question}"))
    for code, count in _counts(found):
        click.echo(f"{count:6}  {code:22}{CHECKS[code].name}")
    num = len(found)
    click.echo(ngettext("%(num)s finding", "%(num)s findings", num) % {"num": num} if num else _("Nothing to ask."))


def _as_json(found: list[Found], *, summary: bool) -> None:
    told: dict[str, Any] = {"counts": dict(_counts(found))}
    if not summary:
        told["findings"] = [_json(*one) for one in found]
    click.echo(json.dumps(told, ensure_ascii=False))


def _json(path: str, one: Any) -> dict[str, Any]:
    start, end = one.place or (None, None)
    return {
        "path": path, "code": one.code, "severity": one.severity, "about": one.where.kind, "words": one.words,
        "start": start, "end": end, "question": one.question, "reason": one.reason,
    }  # fmt: skip


def _counts(found: list[Found]) -> list[tuple[str, int]]:
    return Counter(one.finding.code for one in found).most_common()
