from django.http import Http404, HttpRequest, HttpResponse


def process(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def town(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def formulas(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
