from django.http import Http404, HttpRequest, HttpResponse


def all_answers(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def overdue(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def story(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def answers(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def answers_file(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def measures(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404


def evaluation(request: HttpRequest, **given: object) -> HttpResponse:
    raise Http404
