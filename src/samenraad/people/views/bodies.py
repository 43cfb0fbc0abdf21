"""Groups and their members: council, panel, commission."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people import access, queries
from samenraad.people.actions import (
    add_member,
    change_seats,
    find_or_register,
    make_body,
    move_membership,
    set_chair,
)
from samenraad.people.forms import BodyForm, MemberForm, MoveForm, SeatsForm
from samenraad.people.middleware import Request
from samenraad.refusals import Refusal
from samenraad.texts import explain


def groups(request: Request) -> HttpResponse:
    access.town_officer(request.person)
    return render(request, "people/groups.html", {"bodies": queries.bodies()})


def make(request: Request) -> HttpResponse:
    officer = access.town_officer(request.person)
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = make_body(by=officer, **form.cleaned_data)
        messages.success(request, _("The group is there. Now its members."))
        return redirect("people:body", body.pk)
    return render(request, "people/make_body.html", {"form": form})


def body(request: Request, pk: int) -> HttpResponse:
    body = access.body(request.person, pk)
    past = "past" in request.GET
    context = {
        "body": body,
        "members": queries.members(body, past=past),
        "seats": queries.seats(body),
        "past": past,
    }
    return render(request, "people/body.html", context)


def seats(request: Request, pk: int) -> HttpResponse:
    body = access.body(request.person, pk)
    form = SeatsForm(request.POST or None, initial={"seats": body.seats})
    if request.method == "POST" and form.is_valid():
        try:
            change_seats(body=body, seats=form.cleaned_data["seats"], by=request.person)
        except Refusal as refusal:
            form.add_error("seats", explain(refusal))
        else:
            messages.success(request, _("The seats have been changed."))
            return redirect("people:body", pk)
    return render(request, "people/seats.html", {"form": form, "body": body})


def add(request: Request, pk: int) -> HttpResponse:
    body = access.body(request.person, pk)
    form = MemberForm(request.POST or None, body=body)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            with transaction.atomic():  # a refused member is nobody new
                person = find_or_register(email=data.pop("email"), name=data.pop("name"))
                add_member(body=body, person=person, by=request.person, **data)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("{person} has been added.").format(person=person))
            return redirect("people:body", pk)
    return render(request, "people/add_member.html", {"form": form, "body": body})


def member(request: Request, pk: int) -> HttpResponse:
    """One membership: to its next state, or to the chair."""
    membership = access.membership(request.person, pk)
    form = MoveForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        choice = form.cleaned_data["choice"]
        try:
            if choice in ("chair", "no_chair"):
                set_chair(membership=membership, chair=choice == "chair", by=request.person)
            else:
                move_membership(membership=membership, state=choice, by=request.person)
        except Refusal as refusal:
            form.add_error("choice", explain(refusal))
        else:
            messages.success(request, _("That has been written down."))
            return redirect("people:body", membership.body_id)
    return render(request, "people/member.html", {"form": form, "membership": membership})
