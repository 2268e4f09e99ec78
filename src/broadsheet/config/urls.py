"""Every address of the site."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as desk_urls

from broadsheet.config import health
from broadsheet.design import views as parts
from broadsheet.fronts import views as fronts
from broadsheet.mediabank import views as mediabank
from broadsheet.newsfeed import views as newsfeed
from broadsheet.search import views as search
from broadsheet.stories import report_views as reports
from broadsheet.stories import views as stories
from broadsheet.syndication import views as syndication

SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"

public = [
    path("", fronts.front, name="front"),
    path("subscribe/", fronts.subscribe, name="subscribe"),
    path("rss.xml", syndication.edition_feed, name="edition-feed"),
    path("search/", search.search, name="search"),
    path("newsfeed/", newsfeed.feed, name="newsfeed"),
    path("newsfeed/<id:brief_id>/", newsfeed.brief, name="brief"),
    re_path(r"^(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/\Z", newsfeed.day, name="day"),
    path("mediabank/", mediabank.front, name="mediabank"),
    path("mediabank/<id:picture_id>/<slug:slug>/", mediabank.picture_page, name="picture"),
    path("-/report/thanks/", reports.thanks, name="report-thanks"),
    path("-/report/<id:story_id>/", reports.report, name="report-error"),
    path("-/offline/", fronts.offline, name="offline"),
    re_path(rf"^topics/(?P<topic>{SLUG})/\Z", fronts.topic_front, name="topic"),
    re_path(rf"^people/(?P<person>{SLUG})/\Z", fronts.person_front, name="person"),
    re_path(rf"^(?P<section>{SLUG})/rss\.xml\Z", syndication.section_feed, name="section-feed"),
    re_path(rf"^(?P<section>{SLUG})/\Z", fronts.section_front, name="section"),
    re_path(
        rf"^(?P<section>{SLUG})/(?P<year>[0-9]{{4}})/(?P<month>[0-9]{{2}})/(?P<day>[0-9]{{2}})/(?P<slug>{SLUG})/\Z",
        stories.story,
        name="story",
    ),
    re_path(r"^(?P<path>(?s:.+))\Z", fronts.elsewhere, name="elsewhere"),
]

urlpatterns = [
    path("desk/", include(desk_urls)),
    # Under Wagtail's name, so that its links to "Account" lead here: its own page would write past our rules.
    path("account/", RedirectView.as_view(url="/account/password/change/"), name="wagtailadmin_account"),
    path("account/", include("allauth.urls")),
    re_path(r"^media/pictures/(?P<name>.+)\Z", mediabank.shown_file, name="shown-file"),
    re_path(r"^media/renditions/(?P<rendition>.+)\Z", mediabank.rendition, name="rendition"),
    re_path(r"^media/films/(?P<name>.+)\Z", mediabank.film_file, name="film-file"),
    re_path(r"^media/captions/(?P<captions>.+)\Z", mediabank.captions_file, name="captions-file"),
    path("-/health", health.health, name="health"),
    path("-/offline.js", fronts.offline_script, name="offline-script"),
    path("-/gallery/", parts.gallery, name="gallery-of-parts"),
    re_path(r"^-/gallery/(?P<part>[a-z]+)/\Z", parts.gallery, name="gallery-of-parts"),
    path("sitemap.xml", syndication.sitemap, name="sitemap"),
    path("robots.txt", syndication.robots, name="robots"),
    path("<edition:prefix>/", include(public)),
    path("", include(public)),
]

handler404 = "broadsheet.fronts.views.not_found"
handler500 = "broadsheet.config.edge.server_error"
