"""A story as structured data (schema.org NewsArticle), for the head of its page."""

import json
from typing import Any

from django.utils.html import _json_script_escapes  # type: ignore[attr-defined]
from markupsafe import Markup

from broadsheet.design.words import as_duration, iso
from broadsheet.editions.reads import EditionValue
from broadsheet.stories.values import Segment, StoryValue

TYPES = {"opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle", "live": "LiveBlogPosting"}


def structured_data(edition: EditionValue, story: StoryValue) -> Markup:
    """The JSON-LD block of a story's page."""
    text = json.dumps(news_article(edition, story), ensure_ascii=False).translate(_json_script_escapes)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))


def news_article(edition: EditionValue, story: StoryValue) -> dict[str, Any]:
    """The fields of schema.org's NewsArticle; those without a value are left out."""
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": TYPES.get(story.kind, "NewsArticle"),
        "mainEntityOfPage": edition.canonical(story.address),
        "headline": story.headline,
        "description": story.standfirst,
        "inLanguage": edition.language,
        "datePublished": iso(story.published_at, edition.zone),
        "dateModified": iso(story.changed_at, edition.zone),
        "author": [
            {"@type": "Person", "name": writer.name.text, "url": edition.canonical(writer.address)}
            for writer in story.bylines
        ],
        "publisher": {"@type": "NewsMediaOrganization", "name": edition.name, "url": edition.canonical("/")},
        "articleSection": story.section.name.text if story.section else "",
        "image": [f"{edition.origin}{story.picture.file}"] if story.picture else [],
        "video": [video_object(edition, story, video) for video in story.videos],
    }
    return {name: value for name, value in article.items() if value}


def video_object(edition: EditionValue, story: StoryValue, video: Segment) -> dict[str, Any]:
    """The fields of schema.org's VideoObject; a film was uploaded, for readers, when its story was published."""
    film, poster = video.film, video.picture or story.picture
    about = {
        "@type": "VideoObject",
        "name": video.title,
        "description": film.description.text if film and film.description else story.standfirst or video.title,
        "thumbnailUrl": [f"{edition.origin}{poster.largest}"] if poster else [],
        "uploadDate": iso(story.published_at, edition.zone),
        "duration": as_duration(film.seconds) if film else "",
        "contentUrl": f"{edition.origin}{film.file}" if film else "",
        "encodingFormat": film.content_type if film else "",
        "embedUrl": "" if film else video.address,
    }
    return {name: value for name, value in about.items() if value}
