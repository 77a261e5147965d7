"""What templates do most, done briefly: writing a value, calling a macro, saying a text, making an address.

A page writes hundreds of values and makes hundreds of calls. Jinja's own ways are right for all that anybody may hand
in, and cost several times what is written here for what our templates do hand in.
"""

import re
from functools import cache, lru_cache
from types import FunctionType
from typing import Any

from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, nodes, pass_eval_context
from jinja2.compiler import CodeGenerator
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from tandem.core.languages import kept_text

_PLACE = 900_000_000_001  # stands for a whole number in an address, to find its place
_MOST_ADDRESSES = 4096


class Writing(CodeGenerator):
    """Compiles `{{ value }}` to `environment.shown(value)`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


_to_escape = re.compile("[&<>'\"]").search


def shown(value: object) -> str:
    """Escaped; markup, which has been, as it is. (`markupsafe.escape` makes of each a new markup that nobody needs.)"""
    kind = type(value)
    if kind is Markup or (kind is str and not _to_escape(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


class Calls(Context):
    """Jinja looks five times at whatever is called, for it could want the context."""

    def call(self, callee: Any, /, *args: Any, **kwargs: Any) -> Any:
        kind = type(callee)
        if kind is Macro or callee is gettext:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or hasattr(callee, "jinja_pass_arg"):
            return super().call(callee, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return callee(*args, **kwargs)


class Templates(Environment):
    code_generator_class = Writing
    context_class = Calls
    shown = staticmethod(shown)


@pass_eval_context
def gettext(ways: EvalContext, text: str, /, **variables: object) -> str:
    """The text in the reader's language, with the variables written into it."""
    said = _said(translation.get_language(), text, ways.autoescape)
    return said % variables if "%" in said else said


@kept_text
def _said(_language: str, text: str, markup: bool) -> str:
    said = translation.gettext(text)
    return Markup(said) if markup else said  # noqa: S704 - a text of the catalogue; its variables are escaped


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of this name. Whole numbers are written into a pattern that is made once."""
    if kwargs or not all(type(one) is int and one >= 0 for one in args):
        return _address(name, args, tuple(kwargs.items()))
    return _pattern(name, len(args)) % args


@lru_cache(_MOST_ADDRESSES)
def _address(name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> str:
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


@cache
def _pattern(name: str, places: int) -> str:
    marks = range(_PLACE, _PLACE + places)
    pattern = reverse(name, args=marks or None).replace("%", "%%")
    for mark in marks:
        pattern = pattern.replace(str(mark), "%s")
    return pattern
