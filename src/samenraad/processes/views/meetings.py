"""Meetings of a process: planned, changed, called off; who was there, on screen and on paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samenraad.people.middleware import Request
from samenraad.processes import access, actions
from samenraad.processes.forms import AttendanceForm, ExpectForm, MeetingForm, ReasonForm
from samenraad.processes.models import Meeting, Process
from samenraad.processes.queries.meetings import expected, meeting_rows
from samenraad.refusals import Refusal
from samenraad.texts import explain


def meetings(request: Request, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return render(request, "processes/meetings.html", {"process": process, "rows": meeting_rows(process)})


def add(request: Request, slug: str) -> HttpResponse:
    process = access.own_process(request.person, slug)
    return _write(request, process, Meeting(process=process))


def edit(request: Request, pk: int) -> HttpResponse:
    meeting = access.own_meeting(request.person, pk)
    return _write(request, meeting.process, meeting)


def _write(request: Request, process: Process, meeting: Meeting) -> HttpResponse:
    form = MeetingForm(request.POST or None, instance=meeting, process=process)
    if form.is_valid():
        try:
            actions.plan_meeting(meeting=form.save(commit=False), by=request.person)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("processes:meetings", process.slug)
    return render(request, "processes/meeting_form.html", {"process": process, "form": form, "meeting": meeting})


def cancel(request: Request, pk: int) -> HttpResponse:
    meeting = access.own_meeting(request.person, pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_meeting(meeting=meeting, by=request.person, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Called off. The story says so, with your reason."))
            return redirect("processes:meetings", meeting.process.slug)
    context = {"process": meeting.process, "meeting": meeting, "form": form}
    return render(request, "processes/confirm/meeting.html", context)


def attendance(request: Request, pk: int) -> HttpResponse:
    meeting = access.own_meeting(request.person, pk)
    people = expected(meeting)
    there = people.filter(attendances__meeting=meeting, attendances__present=True)
    form = AttendanceForm(request.POST if "note" in request.POST else None, people=people, initial={"present": there})
    if form.is_valid():
        try:
            count = actions.note_attendance(meeting=meeting, present=form.noted, by=request.person)
        except Refusal as refusal:
            form.add_error(None, explain(refusal))
        else:
            messages.success(request, _("Noted: {count} people were there.").format(count=count))
            return redirect("processes:attendance", pk)
    context = {"process": meeting.process, "meeting": meeting, "form": form, "people": people, "extra": ExpectForm()}
    return render(request, "processes/attendance.html", context)


def expect(request: Request, pk: int) -> HttpResponse:
    """Put somebody on the list who was not on it."""
    meeting = access.own_meeting(request.person, pk)
    extra = ExpectForm(request.POST or None)
    if extra.is_valid():
        who = extra.cleaned_data
        actions.expect(meeting=meeting, person=who["person"], called=who["who"], by=request.person)
        messages.success(request, _("Added to the list."))
        return redirect("processes:attendance", pk)
    people = expected(meeting)
    form = AttendanceForm(people=people)
    context = {"process": meeting.process, "meeting": meeting, "form": form, "people": people, "extra": extra}
    return render(request, "processes/attendance.html", context)


def sheet(request: Request, pk: int) -> HttpResponse:
    """The list to print and to sign at the door."""
    meeting = access.own_meeting(request.person, pk)
    context = {"process": meeting.process, "meeting": meeting, "people": expected(meeting), "blank": range(12)}
    return render(request, "processes/sheet.html", context)
