"""What of pictures and films is in the index, so that the desk finds them by any word that is said of them."""

from broadsheet.index import actions as index
from broadsheet.index.sources import Source, declare
from broadsheet.index.values import NewEntry
from broadsheet.mediabank.models import Film, FilmText, Medium, Picture, PictureText

PICTURE, FILM = "picture", "film"


def set_picture_in_index(picture_id: int) -> None:
    """Let the desk find a picture as it is now, or no more if it is gone."""
    texts = PictureText.objects.filter(picture_id=picture_id).values_list("caption", "alt")
    _set(PICTURE, Picture.objects.filter(pk=picture_id).first(), picture_id, [word for row in texts for word in row])


def set_film_in_index(film_id: int) -> None:
    """Let the desk find a film as it is now, or no more if it is gone."""
    texts = FilmText.objects.filter(film_id=film_id).values_list("title", "description")
    _set(FILM, Film.objects.filter(pk=film_id).first(), film_id, [word for row in texts for word in row])


def _set(kind: str, medium: Medium | None, medium_id: int, texts: list[str]) -> None:
    if medium is None:
        index.remove(kind, medium_id)
        return
    index.put(
        NewEntry(
            kind=kind,
            id=medium_id,
            edition_id=0,
            section_id=0,
            language="",
            published_at=medium.added_at,
            title=medium.title,
            standfirst=f"{medium.creator} {medium.agency} {medium.taken}",
            text="\n".join(texts),
            keeps_text=False,
            apart=kind,
        )
    )


declare(
    Source(
        kind=PICTURE,
        wanted=lambda: set(Picture.objects.values_list("pk", flat=True)),
        put_anew=set_picture_in_index,
    )
)
declare(Source(kind=FILM, wanted=lambda: set(Film.objects.values_list("pk", flat=True)), put_anew=set_film_in_index))
