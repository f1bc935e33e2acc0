from django.urls import path

from msoko.web.office.planning.tasks import card, lists, proofs, reminders, requests, schedules, steps

app_name = "tasks"
urlpatterns = [
    path("", lists.task_list, name="list"),
    path("terms/", lists.term_list, name="terms"),
    path("export/", lists.task_export, name="export"),
    path("confirm/", lists.confirm_chosen, name="confirm"),
    path("<int:pk>/", card.term_card, name="detail"),
    path("<int:pk>/<slug:action>/", steps.term_change, name="change"),
    path("task/<int:pk>/done/", steps.task_done, name="done"),
    path("task/<int:pk>/proof/", steps.proof_add, name="proof_add"),
    path("task/<int:pk>/comment/", steps.task_comment, name="comment"),
    path("task/<int:pk>/<slug:action>/", steps.task_step, name="step"),
    path("proofs/<int:pk>/", proofs.proof, name="proof"),
    path("proofs/<int:pk>/withdraw/", proofs.proof_withdraw, name="proof_withdraw"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/new/", requests.request_new, name="request_new"),
    path("requests/export/", requests.request_export, name="requests_export"),
    path("requests/<int:pk>/result/", requests.request_result, name="request_result"),
    path("schedules/", schedules.schedule_list, name="schedules"),
    path("schedules/<int:pk>/", schedules.schedule_bind, name="schedule_bind"),
    path("reminders/", reminders.reminder_list, name="reminders"),
    path("reminders/seen/", reminders.reminders_seen, name="reminders_seen"),
    path("reminders/bell/", reminders.bell, name="bell"),
    path("reminders/digest/", reminders.digest, name="digest"),
    path("reminders/letters/<int:pk>/", reminders.letter_repeat, name="letter_repeat"),
]
