"""core/texts.py: what people type is cleaned once, and rendered so that it can do no harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.core.errors import Invalid
from tandem.core.texts import clean_line, clean_optional_line, clean_text, markdown


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("  two   words ", "two words"),
        ("a\tb\nc", "a b c"),
        ("bell\x07 and null\x00", "bell and null"),
        ("e\u0301", "é"),
        ("目标\u3000一", "目标 一"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_a_line_is_kept_as_typed_but_clean(raw: str, line: str) -> None:
    """Tags in a title are words; they are escaped where they are shown."""
    assert clean_line(raw, "title") == line


@pytest.mark.parametrize("raw", ["", "  \n ", "\x00\x01", "\u3000"])
def test_a_line_cannot_be_empty_unless_it_may(raw: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_line(raw, "title")
    assert refusal.value.field == "title"
    assert clean_optional_line(raw, "title") == ""


@pytest.mark.parametrize("clean", [clean_line, clean_optional_line, clean_text])
@pytest.mark.parametrize("raw", [None, 3, b"x", ["x"], "half \ud800 a character"])
def test_only_whole_text_is_text(clean: object, raw: object) -> None:
    with pytest.raises(Invalid) as refusal:
        clean(raw, "note")  # type: ignore[operator]
    assert refusal.value.field == "note"


def test_length_is_counted_after_cleaning() -> None:
    assert clean_line(" " * 50 + "x" * 10, "title", length=10) == "x" * 10
    for clean in (clean_line, clean_text):
        with pytest.raises(Invalid, match="10"):
            clean("x" * 11, "title", length=10)


def test_several_lines_keep_their_breaks() -> None:
    assert clean_text(" one\r\ntwo\n\nthree ", "note") == "one\ntwo\n\nthree"


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean_optional_line(raw, "title")
    assert clean_optional_line(once, "title") == once


DANGERS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](&#106;avascript:alert(1))",
    "![x](https://elsewhere.example/pixel.png)",
    "<svg/onload=alert(1)>",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    "[x](https://example.org 'a\" onclick=\"alert(1)')",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
]
ALLOWED = re.compile(
    r"</?(p|br|strong|em|s|ul|ol|li|code|pre|blockquote|h[1-6]|hr|table|thead|tbody|tr|th|td)( /)?>"
    r"|<a( href=\"(https?:|mailto:)[^\"<>]*\"| title=\"[^\"<>]*\"| rel=\"[a-z ]+\")*>|</a>"
)


def assert_harmless(html: str) -> None:
    """Nothing but allowed tags is left between texts; every other angle bracket is escaped."""
    rest = ALLOWED.sub("", html)
    assert "<" not in rest, rest
    assert ">" not in rest, rest


@pytest.mark.parametrize("text", DANGERS)
def test_markdown_does_no_harm(text: str) -> None:
    assert_harmless(markdown(text))


@given(
    st.lists(
        st.sampled_from([*DANGERS, "\n", " ", "**", "_", "> ", "- ", "|a|b|\n|-|-|\n", "</p>", "\"'>"]), max_size=8
    )
)
def test_no_mixture_of_markdown_does_harm(parts: list[str]) -> None:
    assert_harmless(markdown("".join(parts)))


def test_markdown_says_what_was_meant() -> None:
    html = markdown("**Why**: see [the page](https://example.org)\n\n- one\n- ~~two~~")
    assert "<strong>Why</strong>" in html
    assert '<a href="https://example.org" rel="noopener noreferrer nofollow">the page</a>' in html
    assert "<li>one</li>" in html
    assert "<s>two</s>" in html
