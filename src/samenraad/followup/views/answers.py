from django.http import Http404, HttpRequest, HttpResponse


def handovers(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def desk(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def agenda(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def review(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def delay(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def item(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def side_note(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def owner(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
