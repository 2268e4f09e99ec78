"""The demo newsroom's own words: places that no map has, and words of the trades that it writes about."""

from broadsheet.accounts.models import User
from broadsheet.proofreading.actions import add_word

WORDS = {
    "en": ("Velmerland", "Kallnes", "Istermo", "Arrenholm", "Sorvik", "platewright", "mediabank", "snowmelt"),
    "ru": ("Вельмерланд", "вельмерский", "Арренхольм", "Лусвик", "Сорвик", "гриннский", "швартовщик", "пересменка"),
}


def fill(by: User) -> None:
    """Add them."""
    for language, words in WORDS.items():
        for word in words:
            add_word(by, language, word)
