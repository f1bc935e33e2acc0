from django.urls import path

from msoko.web.office.procedures import blueprints, campaigns, catalogue, editing, exports, importing

app_name = "procedures"
urlpatterns = [
    path("", campaigns.campaign_list, name="list"),
    path("add/", editing.campaign_add, name="add"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("export/", exports.campaigns_export, name="export"),
    path("catalogue/export/", exports.catalogue_export, name="catalogue_export"),
    path("catalogue/<str:procedure_id>/", catalogue.passport, name="passport"),
    path("specifications/", blueprints.blueprint_list, name="blueprints"),
    path("specifications/export/", exports.blueprints_export, name="blueprints_export"),
    path("specifications/add/", blueprints.blueprint_add, name="blueprint_add"),
    path("specifications/import/", importing.specification_import, name="blueprint_import"),
    path("specifications/import/preview/", importing.specification_preview, name="blueprint_import_preview"),
    path("specifications/template/", importing.specification_template, name="blueprint_template"),
    path("specifications/<int:pk>/", blueprints.blueprint_detail, name="blueprint"),
    path("specifications/<int:pk>/edit/", blueprints.blueprint_edit, name="blueprint_edit"),
    path("specifications/<int:pk>/export/", importing.specification_export, name="blueprint_export"),
    path("<int:pk>/", campaigns.campaign_detail, name="campaign"),
    path("<int:pk>/export/", exports.campaign_export, name="campaign_export"),
    path("<int:pk>/edit/", editing.campaign_edit, name="edit"),
    path("<int:pk>/specification/", campaigns.choose_version, name="choose_blueprint"),
]
