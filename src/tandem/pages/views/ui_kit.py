"""The kit page: every piece in every state, in both themes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tandem.pages.views.kit_agreeing import agreeing
from tandem.pages.views.kit_samples import samples


@require_GET
def ui_kit(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/page.html", samples() | agreeing())
