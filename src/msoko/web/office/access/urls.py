from django.urls import path

from msoko.web.office.access import exports, views

app_name = "access"
urlpatterns = [
    path("", views.account_list, name="list"),
    path("roles/", views.role_matrix, name="roles"),
    path("export/", exports.accounts_export, name="export"),
    path("roles/export/", exports.roles_export, name="roles_export"),
    path("add/", views.account_add, name="add"),
    path("<int:pk>/", views.account_detail, name="detail"),
    path("<int:pk>/password/", views.password_issue, name="password"),
    path("<int:pk>/active/", views.account_active, name="active"),
    path("<int:pk>/grant/", views.membership_grant, name="grant"),
    path("memberships/<int:pk>/withdraw/", views.membership_withdraw, name="withdraw"),
]
