"""What templates do most is done by our own brief ways: they must say what Jinja's and Django's own would."""

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe
from jinja2 import pass_context
from markupsafe import Markup, escape

from tandem.config.template_calls import shown, url


def rendered(source: str, **given: object) -> str:
    return engines["jinja2"].from_string(source).render(given)


@pytest.mark.parametrize(
    "value",
    ["plain", "", "a & b", "<b>", "'", '"', "你好 <", Markup("<b>"), mark_safe("<i>"), 7, None, 1.5, ["<"]],
)
def test_a_value_is_escaped_once(value: object) -> None:
    assert shown(value) == escape(value)
    assert rendered("{{ value }}", value=value) == str(escape(value))


def test_variables_of_a_text_are_escaped_on_pages_and_not_in_mails() -> None:
    source = '{{ _("Hello %(name)s,", name=name) }}'
    assert rendered(source, name="A&B") == "Hello A&amp;B,"
    assert rendered("{% autoescape false %}" + source + "{% endautoescape %}", name="A&B") == "Hello A&B,"


def test_a_text_follows_the_language() -> None:
    said = []
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            said.append((rendered('{{ _("Goals") }}'), translation.gettext("Goals")))
    assert all(ours == django for ours, django in said)


@pytest.mark.parametrize(
    ("name", "args"),
    [("goals", ()), ("unit", (7,)), ("goals_person", (7, 12)), ("objective_act", (7, "drop")), ("unit", ("7",))],
)
def test_addresses_are_those_of_django(name: str, args: tuple[object, ...]) -> None:
    assert url(name, *args) == url(name, *args) == reverse(name, args=args)


def test_what_asks_for_the_context_is_given_it() -> None:
    @pass_context
    def who(context: dict[str, str]) -> str:
        return context["name"]

    source = "{% macro twice(x) %}{{ x }}{{ x }}{{ caller() }}{% endmacro %}"
    source += "{% for one in [1, 2] %}{% call twice(one) %}{{ who() }}{% endcall %}{% endfor %}"
    assert rendered(source, who=who, name="<Ada>") == "11&lt;Ada&gt;22&lt;Ada&gt;"
