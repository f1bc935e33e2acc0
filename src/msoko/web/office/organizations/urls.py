from django.urls import path

from msoko.web.office.organizations import classes, departments, editing, importing, views

app_name = "organizations"
urlpatterns = [
    path("", views.organization_list, name="list"),
    path("export/", views.organization_export, name="export"),
    path("add/", editing.organization_add, name="add"),
    path("import/", importing.import_start, name="import"),
    path("import/preview/", importing.import_preview, name="import_preview"),
    path("import/sample/", importing.import_sample, name="import_sample"),
    path("<int:pk>/", views.organization_detail, name="detail"),
    path("<int:pk>/export/", views.passport_export, name="passport_export"),
    path("<int:pk>/edit/", editing.organization_edit, name="edit"),
    path("<int:pk>/close/", editing.organization_close, name="close"),
    path("<int:pk>/context/", editing.context_edit, name="context"),
    path("<int:pk>/classes/", classes.classes_edit, name="classes"),
    path("<int:pk>/departments/add/", departments.department_add, name="department_add"),
    path("departments/<int:pk>/remove/", departments.department_remove, name="department_remove"),
    path("names/<int:pk>/forget/", departments.name_forget, name="name_forget"),
]
