"""The table of checks in docs/coach.md and docs/coach.zh.md, made from the code.

`python -m tests.coach.page` writes it anew; a test says when it is due.
"""

from pathlib import Path

from django.utils import translation

from tandem.coach import CHECKS, Check

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "coach.md", "zh-hans": DOCS / "coach.zh.md"}
BEGIN, END = "<!-- checks: begin -->", "<!-- checks: end -->"
HEADS = {
    "en": ("code", "about", "weighs", "asks", "because", "an example"),
    "zh-hans": ("代码", "对象", "分量", "提问", "理由", "例子"),
}
WORDS = {
    "en": {"objective": "objective", "key_result": "key result", "goal_set": "all goals",
           "question": "question", "hint": "hint", "and": ", "},
    "zh-hans": {"objective": "目标", "key_result": "关键结果", "goal_set": "全部目标",
                "question": "问题", "hint": "提示", "and": "、"},
}  # fmt: skip


def table(language: str) -> str:
    with translation.override(language):
        rows = [HEADS[language], ("---",) * 6, *(_row(check, WORDS[language]) for check in CHECKS.values())]
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(check: Check, words: dict[str, str]) -> tuple[str, ...]:
    question = str(check.question).replace("%(words)s", "…").replace("%(parent)s", "…").replace("%(other)s", "…")
    question = question.replace("%(num)s", "N").replace("%(most)s", "M")
    about = words["and"].join(words[one] for one in check.about)
    name = f"`{check.code}` {check.name}"
    return (name, about, words[check.severity], question, str(check.reason), check.example)


def written(language: str) -> str:
    """The page with its table as the code has it."""
    text = PAGES[language].read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{table(language)}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    import django

    django.setup()
    for name, path in PAGES.items():
        path.write_text(written(name), encoding="utf-8")
