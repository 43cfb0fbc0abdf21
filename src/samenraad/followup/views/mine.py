from django.http import Http404, HttpRequest, HttpResponse


def my_part(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def mark(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
