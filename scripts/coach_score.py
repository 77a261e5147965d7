"""How well the coach reads: its yes and no answers against texts that people have judged. See docs/coach.md.

LABELS=FILE asks about another file, FORMAT=json answers in one line.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings

settings.configure(USE_I18N=False)
django.setup()

from tandem.coach import Judgement, judge  # noqa: E402

CORPORA = Path(os.environ.get("TANDEM_CORPORA", Path(__file__).parents[2] / "shared" / "corpora"))
FILES = ("coach_labels_dev.jsonl", "coach_labels_extra_objectives.jsonl")
YES_OR_NO = (
    "has_number", "has_deadline", "is_output_or_task", "measurable", "is_metric_only_objective", "inspirational",
)  # fmt: skip
VERDICT = "smart_verdict"


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def judged(row: dict[str, Any]) -> Judgement:
    return judge(row["text"], "objective" if row.get("kind") == "objective" else "key_result")


def scores(rows: list[dict[str, Any]]) -> dict[str, float]:
    """F1 of each yes-or-no answer, share of right verdicts; a field that no row has is left out."""
    answers = [judged(row) for row in rows]
    found = {}
    for name in YES_OR_NO:
        pairs = [(getattr(one, name), row[name]) for one, row in zip(answers, rows, strict=True)
                 if row.get(name) is not None]  # fmt: skip
        if pairs:
            found[name] = f1(pairs)
    pairs = [(one.smart_verdict, row[VERDICT]) for one, row in zip(answers, rows, strict=True) if row.get(VERDICT)]
    if pairs:
        found[VERDICT] = round(sum(got == want for got, want in pairs) / len(pairs), 4)
    return found


def f1(pairs: list[tuple[bool, bool]]) -> float:
    """2·hits ÷ (said + meant); 1 where nothing was said and nothing meant."""
    said, meant = sum(got for got, _want in pairs), sum(want for _got, want in pairs)
    hits = sum(got and want for got, want in pairs)
    return round(2 * hits / (said + meant), 4) if said + meant else 1.0


def main() -> None:
    named = os.environ.get("LABELS")
    paths = [Path(named)] if named else [CORPORA / name for name in FILES]
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        sys.exit(f"coach-score: no labels at {', '.join(missing)}; name a file with LABELS=FILE")
    if os.environ.get("FORMAT") == "json":
        print(json.dumps(scores(read(paths[0]))))
        return
    for path in paths:
        rows = read(path)
        print(f"{path.name}: {len(rows)} texts")
        for name, value in scores(rows).items():
            print(f"  {name:26} {value:.3f}  {'accuracy' if name == VERDICT else 'F1'}")


if __name__ == "__main__":
    main()
