"""Addresses of the procedure of a plan."""

from django.urls import path, re_path

from dingdian.web.procedure import comment_views, outcome_views, views

app_name = "procedure"
urlpatterns = [
    path("<int:pk>/", views.dossier, name="plan"),
    path("<int:pk>/step/<slug:name>/", views.step, name="step"),
    path("<int:pk>/amend/", views.amendment, name="amend"),
    path("<int:pk>/papers/<int:paper_pk>", views.paper, name="paper"),
    path("<int:pk>/documents/<int:number>/<path:name>", views.document, name="document"),
    path("<int:pk>/comments/", comment_views.comments, name="comments"),
    path("<int:pk>/comments/enter/", comment_views.letter, name="letter"),
    path("<int:pk>/comments/<int:comment_pk>/", comment_views.comment, name="comment"),
    re_path(
        r"^(?P<pk>[0-9]+)/adoption\.(?P<ending>xlsx|docx)$", comment_views.adoption, name="adoption"
    ),
    path("<int:pk>/outcomes/", outcome_views.page, name="outcomes"),
    path("<int:pk>/outcomes/<int:count_pk>/<slug:part>/", outcome_views.derivation, name="outcome"),
]
