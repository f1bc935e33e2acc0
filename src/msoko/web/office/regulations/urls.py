from django.urls import path

from msoko.web.office.regulations import decisions, documents, drafts, exports, function_files, functions, orders

app_name = "regulations"

urlpatterns = [
    path("", documents.document_list, name="list"),
    path("export/<str:kind>/", exports.register_download, name="list_export"),
    path("add/", documents.document_add, name="add"),
    path("site/", exports.site_list, name="site"),
    path("site/<str:kind>/", exports.site_download, name="site_download"),
    path("norms/", exports.norm_list, name="norms"),
    path("functions/", functions.board, name="functions"),
    path("functions/do/<str:what>/", functions.function_decide, name="function_decide"),
    path("functions/people/", functions.function_people, name="function_people"),
    path("functions/compare/", functions.function_compare, name="function_compare"),
    path("functions/overview/", functions.function_overview, name="function_overview"),
    path("functions/import/", function_files.matrix_import, name="function_import"),
    path("functions/<int:pk>/download/<str:kind>/", function_files.matrix_download, name="function_download"),
    path("functions/<int:pk>/extract/<int:person>/", function_files.function_extract, name="function_extract"),
    path("drafts/", drafts.draft_list, name="drafts"),
    path("drafts/new/<slug:template>/", drafts.draft_new, name="draft_new"),
    path("drafts/<int:pk>/", drafts.draft_detail, name="draft"),
    path("drafts/<int:pk>/facts/", drafts.draft_facts_edit, name="draft_facts"),
    path("drafts/<int:pk>/do/<slug:what>/", drafts.draft_do, name="draft_do"),
    path("drafts/<int:pk>/download/<slug:kind>/", drafts.draft_download, name="draft_download"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/open/", orders.order_open, name="order_open"),
    path("orders/check/<int:pk>/", orders.order_check, name="order_check"),
    path("orders/<int:pk>/", orders.order_board, name="order"),
    path("orders/<int:pk>/download/<slug:kind>/", orders.order_download, name="order_download"),
    path("orders/points/<int:pk>/report/", orders.order_report, name="order_report"),
    path("<int:pk>/", documents.document_detail, name="document"),
    path("<int:pk>/edit/", documents.document_edit, name="edit"),
    path("<int:pk>/download/<str:what>/", decisions.document_download, name="download"),
    path("<int:pk>/do/<str:what>/", decisions.document_decide, name="decide"),
]
