from django.http import Http404, HttpRequest, HttpResponse


def choose(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
