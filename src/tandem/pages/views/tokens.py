"""Personal tokens: one's own, made and revoked; for administrators everybody's."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tandem.core.errors import Invalid
from tandem.pages.views.asking import listed
from tandem.pages.views.form_page import Words, form_page
from tandem.pages.views.keeping import administrator
from tandem.pages.views.unit_forms import SHOW_AND_SEND
from tandem.people.actors import actor_of
from tandem.people.forms import TokenForm
from tandem.people.tokens import all_tokens, get_token, make_token, revoke_token, tokens_of

ON_A_PAGE = 50


@SHOW_AND_SEND
def tokens(request: HttpRequest) -> HttpResponse:
    """The list and the form; the text of a new token stands on the answer to the form, and nowhere else."""
    actor = actor_of(request)
    form, made, status = TokenForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                _token, made = make_token(actor, actor, **form.cleaned_data)
                form, status = TokenForm(), 200
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    page = {"form": form, "made": made, "tokens": tokens_of(actor, actor)}
    response = render(request, "me/tokens.html", page, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def every_token(request: HttpRequest) -> HttpResponse:
    """Whose programs come in, and when they last did."""
    rows = all_tokens(administrator(request)).order_by("-pk")
    return render(request, "me/every_token.html", {"tokens": listed(request, "tokens", rows, size=ON_A_PAGE)})


@SHOW_AND_SEND
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    actor = actor_of(request)
    token = get_token(actor, token_id)
    back = reverse("tokens" if token.person_id == actor.pk else "every_token")

    def act(_fields: dict[str, Any]) -> str:
        revoke_token(actor, token)
        return back

    words = Words(
        _("Revoke the token %(name)s?") % {"name": token.name}, _("Revoke"), _("The token is revoked."), back,
        lead=_("Whatever signs in with it is turned away at once. This cannot be undone."), look="danger",
    )  # fmt: skip
    return form_page(request, Form(request.POST if request.method == "POST" else None), act, words)
