from django.http import Http404, HttpRequest, HttpResponse


def desk(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def add(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def update(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
