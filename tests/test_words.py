"""Every word a person reads comes from the catalogue, and the Chinese in it is whole, plain and well set."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment

import tandem

PACKAGE = Path(tandem.__file__).parent
ROOT = PACKAGE.parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import messages  # type: ignore[import-not-found]  # noqa: E402 - a script beside the package

LATIN = {"Tandem", "API", "OKR", "KPI", "zh-hans"}
"""What is the same in both languages: names, and the language's own code."""
KEYS = {"Tandem", "Alt", "Ctrl", "Enter", "Esc"}
"""What templates may say in plain letters: the product's name and what is printed on keys."""
WORDS = {
    "key result": "关键结果", "confidence": "信心指数", "check-in": "更新", "objective": "目标", "cycle": "周期",
    "align": "对齐", "weight": "权重", "archive": "归档", "draft": "草稿|起草", "unit": "部门|单位", "stale": "未更新",
    "key action": "关键行动", "backlog": "目标池", "champion": "推进人", "administrator": "管理员",
}  # fmt: skip
"""One word for one thing: a text that says it in English says it in Chinese."""
ALONE = {
    "Health": "健康", "Growth": "成长", "Contribution": "贡献", "Aspirational": "愿景型", "Committed": "承诺型",
    "Owner": "责任人", "owner": "责任人", "Lead": "负责人", "Handshake": "握手",
    "Coverage": "覆盖", "Take back": "撤回",
}  # fmt: skip
"""What a word means where it stands alone: as a chip, a label, a button."""
HAN = r"\u3400-\u9fff"
PLACE = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?\w+>|\*\*|`")
REFUSALS = {"Invalid", "Missing", "NotAllowed", "Conflict", "Refusal", "ValidationError"}
CALLS = {"_", "__", "_later", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext", "pgettext_lazy"}
LABELS = {"label", "help_text", "verbose_name", "empty_label"}


def chinese() -> Catalog:
    catalogue: Catalog = messages.kept(messages.LOCALES["zh_Hans"], "zh_Hans")
    return catalogue


def pairs() -> Iterator[tuple[str, str]]:
    for one in chinese():
        if one.id:
            yield from zip(_forms(one.id)[-1:], _forms(one.string), strict=True)


def _forms(text: "str | tuple[str, ...] | list[str] | None") -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def told(faults: list[str]) -> str:
    return "\n".join(faults[:40])


def test_the_catalogue_is_whole_and_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.check() == 0, capsys.readouterr().err


def test_the_check_sees_what_is_missing() -> None:
    assert messages.filled(Message("One", "一"))
    assert not messages.filled(Message(("One", "Two"), ("",)))


def test_placeholders_are_the_same_on_both_sides() -> None:
    faults = [
        f"{english!r}: {chinese_!r}"
        for english, chinese_ in pairs()
        if sorted(set(PLACE.findall(english))) != sorted(set(PLACE.findall(chinese_)))
    ]
    assert not faults, told(faults)


def test_nothing_is_left_in_latin_letters() -> None:
    faults = []
    for _english, text in pairs():
        if re.search(r"[A-Za-z]", PLACE.sub("", text)) and not re.search(f"[{HAN}]", text) and text not in LATIN:
            faults.append(text)
    assert not faults, told(faults)


def test_chinese_is_set_as_chinese() -> None:
    """Full-width stops and quotes, no space before them, a space between Han and Latin words or numbers."""
    rules = {
        "half-width punctuation": rf"[{HAN}][,;:!?]|[{HAN}]\.(?:\s|$)|\"",
        "space before full-width punctuation": r"\s[，。、：；？！”）]",
        "space after full-width punctuation": r"[，。、：；？！“（]\s",
        "no space between Han and Latin": rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]",
        "two spaces": r"  ",
    }
    faults = [
        f"{name}: {text}"
        for _english, text in pairs()
        for name, rule in rules.items()
        if re.search(rule, PLACE.sub("%", text).strip()) and text != "2天前"  # as dates say it
    ]
    assert not faults, told(faults)


def test_one_word_for_one_thing() -> None:
    faults = []
    for english, text in pairs():
        faults += [
            f"{word} → {wanted}: {english!r}: {text}"
            for word, wanted in WORDS.items()
            if re.search(rf"(?<![\w(])(?:un)?{word}s?\b", english.replace("unit:ID", ""), re.IGNORECASE)
            and not re.search(wanted, text)
        ]
    assert not faults, told(faults)


def test_a_word_alone_means_one_thing() -> None:
    catalogue = chinese()
    assert {word: catalogue[word].string for word in ALONE} == ALONE


def test_templates_say_nothing_past_the_catalogue() -> None:
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"])
    faults = [
        f"{path.relative_to(PACKAGE)}: {piece}"
        for path in PACKAGE.glob("*/templates/**/*.html")
        for piece in _pieces(environment, path.read_text(encoding="utf-8"))
        if re.search(r"[A-Z][a-z]|[a-z]{2} [a-z]{2}", piece) and piece.strip(" ·") not in KEYS
    ]
    assert not faults, told(faults)


def _pieces(environment: Environment, source: str) -> Iterator[str]:
    """The words between tags and in the attributes that people meet; expressions are left out."""
    plain = "".join(
        value if kind == "data" else "\0" if kind in ("variable_begin", "block_begin") else ""
        for _line, kind, value in environment.lexer.tokeniter(source, None)
    )
    for words in re.findall(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"', plain):
        yield from (part.strip() for part in words.split("\0"))
    for part in re.split(r"[\0\n]", re.sub(r"<[^>]*>", "\0", plain)):
        if '="' not in part:
            yield part.strip()


def test_scripts_have_no_words_of_their_own() -> None:
    """They read them from data- attributes."""
    faults = []
    for path in PACKAGE.glob("**/static/**/*.js"):
        source = re.sub(r"(?:^|\s)//[^\n]*|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        literals = re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", source)
        faults += [
            f"{path.name}: {literal}"
            for literal in literals
            if re.search(rf"[{HAN}]|^.[A-Z][a-z]+(?: [a-z]+)+", literal)
        ]
    assert not faults, told(faults)


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("**/*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_python_says_nothing_past_the_catalogue(path: Path) -> None:
    faults = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        first = node.args[0] if node.args else None
        if name in REFUSALS and _is_literal(first):
            faults.append(f"{node.lineno}: {ast.unparse(node)}")
        if name in CALLS and isinstance(first, ast.JoinedStr | ast.BinOp):
            faults.append(f"{node.lineno}: the catalogue cannot hold {ast.unparse(node)}")
        if "migrations" not in path.parts:
            faults += [
                f"{node.lineno}: {word.arg}={ast.unparse(word.value)}"
                for word in node.keywords
                if word.arg in LABELS and _is_literal(word.value)
            ]
        if name == "strftime":
            faults.append(f"{node.lineno}: days are written by core.formats")
    assert not faults, told(faults)


def _is_literal(node: ast.expr | None) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_literal(node.left)
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(r"[A-Za-z]", node.value))
    )
