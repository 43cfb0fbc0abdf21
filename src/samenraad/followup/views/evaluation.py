from django.http import Http404, HttpRequest, HttpResponse


def write(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def publish(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
