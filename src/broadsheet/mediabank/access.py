"""The only way from an id to a picture or a film."""

from django.http import Http404

from broadsheet.editions.access import Person, require_right
from broadsheet.mediabank.models import Film, Picture


def access_picture(person: Person, picture_id: int, right: str) -> Picture:
    """The picture, if the person holds the right on pictures; else Refused, or Http404 where there is none."""
    picture: Picture | None = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        raise Http404
    require_right(person, right)
    return picture


def access_film(person: Person, film_id: int, right: str) -> Film:
    """The film, if the person holds the right on films; else Refused, or Http404 where there is none."""
    film: Film | None = Film.objects.filter(pk=film_id).first()
    if film is None:
        raise Http404
    require_right(person, right)
    return film
