"""What an indicator may be calculated from."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from tandem.core.errors import Invalid
from tandem.core.texts import clean_text
from tandem.kpi.models import Indicator
from tandem.kpi.rules import calculated, formula
from tandem.kpi.rules.formula_words import Faulty, Token, tokens


def clean_expression(raw: object) -> str:
    """An expression that can be read, or ""; its codes are looked at by `refuse_expression`. Raises Invalid."""
    text = clean_text(raw, "expression", length=2000)
    if not text:
        return ""
    names = [one.text for one in _words(text) if one.kind == "name"]
    found = formula.read(text, names)
    if isinstance(found, formula.Fault):
        raise _wrong(found)
    if not found.names:
        raise Invalid(_("A calculation names at least one other indicator, by its code."), field="expression")
    return text


def _words(text: str) -> list[Token]:
    try:
        return tokens(text)
    except Faulty as faulty:
        raise _wrong(faulty.fault) from None


def _wrong(fault: formula.Fault) -> Invalid:
    if fault.code in ("too_long", "too_large", "too_deep"):
        return Invalid(_("This calculation is larger than Tandem computes."), field="expression")
    place = {"place": fault.at + 1, "what": fault.detail or "…"}
    return Invalid(_("This cannot be read at character %(place)s: %(what)s") % place, field="expression")


def refuse_expression(indicator: Indicator, beside: Mapping[str, str] | None = None) -> None:
    """Every name is a code of the library, and no way leads back to the indicator itself.

    `beside` are the expressions by code of all that will stand with it ("" for plain ones); the stored ones when left
    out. Raises Invalid naming `expression`, with the unknown code or the ring.
    """
    if not indicator.expression:
        return
    names = calculated.names_in(indicator.expression)
    known = _stored(names) if beside is None else beside
    unknown = next((one for one in names if one not in known and one != indicator.code), None)
    if unknown is not None:
        raise Invalid(_("There is no indicator of the code “%(code)s”.") % {"code": unknown}, field="expression")
    texts = {code: text for code, text in known.items() if text}
    found = calculated.ring(indicator.code, indicator.expression, texts)
    if found:
        said = _("This calculation would rest on itself: %(ring)s.") % {"ring": " → ".join(found)}
        raise Invalid(said, field="expression", code="ring")
    if calculated.depth(indicator.expression, texts) > calculated.DEEPEST:
        raise Invalid(_("This calculation is larger than Tandem computes."), field="expression")


def _stored(names: list[str]) -> dict[str, str]:
    rows = Indicator.objects.filter(~Q(expression="") | Q(code__in=names))
    return dict(rows.values_list("code", "expression"))
