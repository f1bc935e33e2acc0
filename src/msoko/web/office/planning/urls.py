from django.urls import path

from msoko.web.office.planning import activities, calendars, export, imports, plans, preview

app_name = "planning"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("export/", plans.plan_list_export, name="list_export"),
    path("add/", plans.plan_add, name="add"),
    path("calendars/", calendars.calendar_list, name="calendars"),
    path("calendars/edit/", calendars.calendar_edit, name="calendar_edit"),
    path("imports/", imports.import_list, name="imports"),
    path("imports/open/", imports.import_open, name="import_open"),
    path("imports/<int:pk>/", preview.import_preview, name="import"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="import_progress"),
    path("imports/<int:pk>/row/<int:index>/", preview.row_correct, name="import_row"),
    path("imports/<int:pk>/match/<int:index>/", preview.match_choose, name="import_match"),
    path("imports/<int:pk>/abbreviation/", preview.abbreviation_explain, name="import_abbreviation"),
    path("imports/<int:pk>/unit/", preview.unit_decide, name="import_unit"),
    path("imports/<int:pk>/accept/", preview.import_accept, name="import_accept"),
    path("imports/<int:pk>/discard/", preview.import_discard, name="import_discard"),
    path("term/", activities.term_check, name="term"),
    path("<int:pk>/", plans.plan_detail, name="plan"),
    path("<int:pk>/approve/", plans.plan_approve, name="approve"),
    path("<int:pk>/withdraw/", plans.plan_withdraw, name="withdraw"),
    path("<int:pk>/close/", plans.plan_close, name="close"),
    path("<int:pk>/bulk/", activities.bulk_change, name="bulk"),
    path("<int:pk>/activity/add/", activities.activity_add, name="activity_add"),
    path("<int:pk>/download/<str:kind>/", export.plan_download, name="download"),
    path("activity/<int:pk>/", activities.activity_detail, name="activity"),
    path("activity/<int:pk>/edit/", activities.activity_edit, name="activity_edit"),
    path("activity/<int:pk>/drop/", activities.activity_drop, name="activity_drop"),
    path("activity/<int:pk>/restore/", activities.activity_restore, name="activity_restore"),
]
