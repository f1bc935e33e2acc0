from django.urls import path

from msoko.web.office.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.journal, name="list"),
    path("export/", views.journal_export, name="export"),
]
