"""The story's page as one would write it first: models, select_related, StreamField blocks, Django's templates."""

from django.http import HttpRequest, HttpResponse
from django.template import engines

from broadsheet.editions.models import Edition, Section
from broadsheet.stories.models import Story

TEMPLATE = """<!doctype html><html lang="{{ story.edition.language }}">
<head><title>{{ story.headline }}</title></head><body>
<header><p>{{ story.edition.name }}</p><ul>{% for other in editions %}<li>{{ other.name }}</li>{% endfor %}</ul>
<ul>{% for section in sections %}<li><a href="/{{ section.slug }}/">{{ section }}</a></li>{% endfor %}</ul></header>
<main><p>{{ story.section }}</p><h1>{{ story.headline }}</h1><p>{{ story.standfirst }}</p>
<p>{% for byline in story.bylines.all %}
{% for text in byline.person.texts.all %}{{ text.name }}, {{ text.role }}{% endfor %}
{% endfor %}</p>
<time>{{ story.published_at }}</time>
{% with picture=story.lead_picture %}
<figure><img src="{{ picture.shown.url }}" width="{{ picture.width }}" height="{{ picture.height }}">
<figcaption>{{ story.lead_caption }} {{ picture.creator }} {{ picture.licence }}</figcaption></figure>
{% endwith %}
{% for block in story.body %}<div>{{ block }}</div>{% endfor %}
<ul>{% for topic in story.topics.all %}<li>{{ topic }}</li>{% endfor %}</ul>
</main></body></html>"""


def story_page(request: HttpRequest, story_id: int) -> HttpResponse:
    """The page, made from models."""
    story = (
        Story.objects.select_related("edition", "section", "lead_picture")
        .prefetch_related("bylines__person__texts")
        .get(pk=story_id)
    )
    context = {
        "story": story,
        "editions": Edition.objects.all(),
        "sections": Section.objects.prefetch_related("names"),
    }
    return HttpResponse(engines["django"].from_string(TEMPLATE).render(context, request))
