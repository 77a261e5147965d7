"""The company's own settings."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tandem.activity.commands import record
from tandem.core import languages
from tandem.core.commands import command, expect_version, lock_rows
from tandem.core.errors import Invalid
from tandem.core.texts import clean_line
from tandem.people.access import may_administer
from tandem.people.actors import Actor
from tandem.people.models import Organization
from tandem.people.queries import forget_organization, organization
from tandem.people.wording import KEYS, MOST_LETTERS, PLACES, TERMS, WORD, Words, effective, plural

MOST_LATE_DAYS = 90
MOST_GOALS = 10
AUDIT_DAYS = range(30, 3651)


def lock_organization() -> None:
    """Hold the company's row (made at the first need) until the transaction ends: for rules that look at all of it."""
    if not Organization.objects.exists():
        Organization.objects.get_or_create(pk=1)
    lock_rows(Organization.objects.all())


@command(may=may_administer, first=lock_organization)
def edit_organization(
    actor: Actor, organization: Organization, /, *, version: int | None = None, **fields: Any
) -> Organization:
    """Change any of the company's settings. Raises Invalid, Conflict."""
    expect_version(organization, version)
    set_organization_fields(organization, fields)
    organization.version += 1
    organization.save()
    forget_organization()
    transaction.on_commit(forget_organization)  # somebody may have read the row as it was until now
    record(actor, "organization.edited", organization, changed=sorted(fields))
    return organization


@command(may=may_administer)
def note_backup(actor: Actor, _subject: None, *, rows: int, size: int) -> None:
    """Tell that everything was put into a file: how many rows, and the file's size in bytes."""
    record(actor, "backup.made", organization(), rows=rows, size=size)


def set_organization_fields(organization: Organization, fields: dict[str, Any]) -> None:
    """Any of the company's settings, by the names and in the ranges of `Organization`. Raises Invalid."""
    if "name" in fields:
        organization.name = clean_line(fields["name"], "name")
    if "timezone" in fields:
        organization.timezone = known_timezone(fields["timezone"])
    _set_languages(organization, fields)
    if "fiscal_year_start" in fields:
        if fields["fiscal_year_start"] not in range(1, 13):
            raise Invalid(_("A month is a number from 1 to 12."), field="fiscal_year_start")
        organization.fiscal_year_start = fields["fiscal_year_start"]
    if "quarter_name" in fields:
        organization.quarter_name = clean_line(fields["quarter_name"], "quarter_name", length=40)
        if "zz" not in organization.quarter_name:
            raise Invalid(_("The pattern must name the quarter: zz."), field="quarter_name")
    _set_words(organization, fields)
    for name, (allowed, text) in _NUMBERS.items():
        if name in fields:
            if fields[name] not in allowed:
                raise Invalid(_(text), field=name)
            setattr(organization, name, fields[name])


_NUMBERS: dict[str, tuple[Any, str]] = {
    "late_score_days": (range(MOST_LATE_DAYS + 1), gettext_noop("Late scores are taken for 0 to 90 days.")),
    "check_in_weekday": ((None, *range(7)), gettext_noop("A day of the week is a number from 0 (Monday) to 6.")),
    "most_objectives": (range(1, MOST_GOALS + 1), gettext_noop("Choose a number from 1 to 10.")),
    "most_key_results": (range(1, MOST_GOALS + 1), gettext_noop("Choose a number from 1 to 10.")),
    "coach_asks": ((True, False), gettext_noop("Choose one of the offered values.")),
    "audit_days": ((None, *AUDIT_DAYS), gettext_noop("Choose 30 to 3650 days, or nothing to keep all.")),
}


def _set_words(organization: Organization, fields: dict[str, Any]) -> None:
    if "words" in fields:
        organization.words = clean_words(fields["words"])


def clean_words(words: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """What the company calls things, without what is empty or Tandem's own. Raises Invalid: `words.TERM.PLACE`."""
    unknown = [key for key in words if key not in KEYS]
    unknown += [f"{key}.{place}" for key in words for place in words[key] if place not in PLACES]
    if unknown:
        raise Invalid(_("There is no such term."), field=f"words.{unknown[0]}")
    cleaned = {term.key: _own_words(term.key, words.get(term.key, {}), term.own) for term in TERMS}
    cleaned = {key: own for key, own in cleaned.items() if own}
    _refuse_one_word_for_two(cleaned)
    return cleaned


def _own_words(key: str, given: Mapping[str, str], tandems: dict[str, str]) -> dict[str, str]:
    said = {place: " ".join((given.get(place) or "").split()) for place in PLACES}
    for place, word in said.items():
        if word and (len(word) > MOST_LETTERS or not WORD.fullmatch(word)):
            text = _("A word has letters, digits, single spaces and hyphens, at most %(num)s.") % {"num": MOST_LETTERS}
            raise Invalid(text, field=f"words.{key}.{place}")
    if said["en_plural"] and not said["en"]:
        raise Invalid(_("Give the word for one of them, too."), field=f"words.{key}.en")
    if said["en"] and not said["en_plural"]:
        said["en_plural"] = plural(said["en"])
    for places in (("en", "en_plural"), ("zh-hans",)):
        if all(said[place] == tandems[place] for place in places):
            said |= dict.fromkeys(places, "")
    return {place: word for place, word in said.items() if word}


def _refuse_one_word_for_two(words: Words) -> None:
    taken: dict[tuple[bool, str], str] = {}
    for key, said in effective(words).items():
        for place, word in said.items():
            other = taken.setdefault((place == "zh-hans", word.casefold()), key)
            if other != key:
                named = key if place in words.get(key, {}) else other
                raise Invalid(_("Another term has this word already."), field=f"words.{named}.{place}")


def _set_languages(organization: Organization, fields: dict[str, Any]) -> None:
    """At least one, and the company's own among them."""
    unknown = _("Tandem does not speak this language.")
    if "languages" in fields:
        chosen = set(fields["languages"])
        if chosen - set(languages.known()):
            raise Invalid(unknown, field="languages")
        if not chosen:
            raise Invalid(_("Choose at least one language."), field="languages")
        organization.languages = [key for key in languages.known() if key in chosen]
    if "locale" in fields:
        if fields["locale"] not in languages.known():
            raise Invalid(unknown, field="locale")
        organization.locale = fields["locale"]
    if organization.languages and organization.locale not in organization.languages:
        raise Invalid(_("The company’s own language must be among those offered."), field="locale")


def known_timezone(name: str) -> str:
    """An IANA time zone name; raises Invalid."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(_("There is no such time zone."), field="timezone") from None
    return name
