from django.urls import path

from samenraad.followup.views import answers, evaluation, feedback, figures, handover, measures, mine, public

app_name = "followup"

HANDOVER = "desk/answers/<int:pk>"

urlpatterns = [
    path("answers/", public.all_answers, name="all_answers"),
    path("overdue/", public.overdue, name="overdue"),
    path("proposal/<int:pk>/", public.story, name="story"),
    path("process/<slug:slug>/answers/", public.answers, name="answers"),
    path("process/<slug:slug>/answers/list.csv", public.answers_file, name="answers_file"),
    path("process/<slug:slug>/measures/", public.measures, name="measures"),
    path("process/<slug:slug>/evaluation/", public.learned, name="learned"),
    path("process/<slug:slug>/responsiveness/", figures.process, name="process_figures"),
    path("responsiveness/", figures.town, name="responsiveness"),
    path("figures/", figures.formulas, name="figures"),
    path("my/", mine.my_part, name="my_part"),
    path("answer/<int:pk>/mark/", mine.mark, name="mark"),
    path("desk/handover/<slug:slug>/", handover.choose, name="handover"),
    path("desk/answers/", answers.handovers, name="answer_list"),
    path(f"{HANDOVER}/", answers.desk, name="answer_desk"),
    path(f"{HANDOVER}/agenda/", answers.agenda, name="agenda"),
    path(f"{HANDOVER}/review/", answers.review, name="review_answers"),
    path(f"{HANDOVER}/delay/", answers.delay, name="delay"),
    path(f"{HANDOVER}/<int:number>/", answers.item, name="answer_item"),
    path(f"{HANDOVER}/<int:number>/note/", answers.side_note, name="side_note"),
    path(f"{HANDOVER}/<int:number>/owner/", answers.owner, name="item_owner"),
    path("desk/measures/", measures.desk, name="measures_desk"),
    path("desk/measures/new/<slug:slug>/", measures.add, name="add_measure"),
    path("desk/measures/<int:pk>/", measures.update, name="update_measure"),
    path("desk/feedback/<slug:slug>/", feedback.desk, name="feedback_desk"),
    path("desk/feedback/<slug:slug>/send/", feedback.send, name="send_feedback"),
    path("desk/feedback/<slug:slug>/public/", feedback.in_public, name="tell_in_public"),
    path("desk/feedback/<slug:slug>/<int:pk>/told/", feedback.by_hand, name="told_by_hand"),
    path("desk/feedback/<slug:slug>/<int:pk>/again/", feedback.again, name="tell_again"),
    path("desk/evaluation/<slug:slug>/", evaluation.write, name="evaluation"),
    path("desk/evaluation/<slug:slug>/publish/", evaluation.publish, name="publish_evaluation"),
]
