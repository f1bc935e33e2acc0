from django.urls import path

from msoko.web.office.regulations import decisions, documents, exports

app_name = "regulations"

urlpatterns = [
    path("", documents.document_list, name="list"),
    path("export/<str:kind>/", exports.register_download, name="list_export"),
    path("add/", documents.document_add, name="add"),
    path("site/", exports.site_list, name="site"),
    path("site/<str:kind>/", exports.site_download, name="site_download"),
    path("norms/", exports.norm_list, name="norms"),
    path("<int:pk>/", documents.document_detail, name="document"),
    path("<int:pk>/edit/", documents.document_edit, name="edit"),
    path("<int:pk>/download/<str:what>/", decisions.document_download, name="download"),
    path("<int:pk>/do/<str:what>/", decisions.document_decide, name="decide"),
]
