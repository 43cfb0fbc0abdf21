from django.http import Http404, HttpRequest, HttpResponse


def desk(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def send(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def in_public(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def by_hand(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def again(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
