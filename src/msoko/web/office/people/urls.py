from django.urls import path

from msoko.web.office.people import bodies, editing, views

app_name = "people"
urlpatterns = [
    path("", views.people_list, name="list"),
    path("export/", views.people_export, name="export"),
    path("add/", editing.person_add, name="add"),
    path("<int:pk>/", editing.person_edit, name="edit"),
    path("<int:pk>/end/", editing.appointment_end, name="end"),
    path("<int:pk>/appoint/", editing.appointment_add, name="appoint"),
    path("bodies/", bodies.body_list, name="bodies"),
    path("bodies/export/", bodies.bodies_export, name="bodies_export"),
    path("bodies/add/", bodies.body_add, name="body_add"),
    path("bodies/<int:pk>/", bodies.body_members, name="body"),
    path("bodies/<int:pk>/remove/", bodies.body_remove, name="body_remove"),
]
