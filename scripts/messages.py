"""The catalogue of texts: `update` collects them from the sources, `check` says whether it is complete."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "src"
LOCALES = {"zh_Hans": ROOT / "src/tandem/locale/zh_Hans/LC_MESSAGES/django.po"}
KEYWORDS = {
    "_": None, "__": None, "_later": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip


def collected() -> Catalog:
    """Every text of the sources, with where it stands."""
    with (ROOT / "babel.cfg").open() as text:
        methods, options = parse_mapping_cfg(text)
    catalogue = Catalog(project="Tandem", charset="utf-8")
    found = extract_from_dir(str(SOURCES), methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for name, line, message, comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(message, None, [(f"src/{name}", line)], auto_comments=comments, context=context)
    return catalogue


def kept(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, project="Tandem", charset="utf-8")
    with path.open("rb") as text:
        return read_po(text, locale=locale)


def updated(path: Path, locale: str) -> Catalog:
    catalogue = kept(path, locale)
    catalogue.update(collected(), no_fuzzy_matching=False, update_creation_date=False)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Sorted by text and without line numbers: a catalogue that changes only when a text does."""
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, no_location=True, omit_header=False, ignore_obsolete=True, width=120)
    return out.getvalue()


def update() -> int:
    for locale, path in LOCALES.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = updated(path, locale)
        path.write_bytes(written(catalogue))
        waiting = [one.id for one in catalogue if one.id and (one.fuzzy or not filled(one))]
        print(f"{locale}: {len(catalogue)} texts, {len(waiting)} to translate")
    subprocess.run([sys.executable, str(ROOT / "hatch_build.py")], check=True)
    return 0


def filled(message: object) -> bool:
    text = message.string  # type: ignore[attr-defined]
    return all(text) if isinstance(text, tuple) else bool(text)


def check() -> int:
    faults = []
    for locale, path in LOCALES.items():
        catalogue = kept(path, locale)
        known = {(one.context, one.id) for one in catalogue if one.id}
        wanted = {(one.context, one.id) for one in collected() if one.id}
        for state, texts in (("not in the catalogue", wanted - known), ("no longer in the sources", known - wanted)):
            faults += [f"{locale}: {state} (make messages): {text!r}" for _, text in sorted(texts, key=str)]
        for one in catalogue:
            if one.id and (one.fuzzy or not filled(one)):
                faults.append(f"{locale}: {'fuzzy' if one.fuzzy else 'missing'}: {one.id!r}")
            elif one.id:
                faults += [f"{locale}: {fault}: {one.id!r}" for fault in one.check(catalogue)]
    for fault in faults[:40]:
        print(fault, file=sys.stderr)
    if len(faults) > 40:
        print(f"… and {len(faults) - 40} more", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    command = sys.argv[1:] or ["check"]
    sys.exit({"update": update, "check": check}[command[0]]())
