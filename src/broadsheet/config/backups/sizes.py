"""Sizes as a person reads them."""


def in_words(size: int) -> str:
    """A number of bytes such as “12.3 MB”."""
    if size < 1000:
        return f"{size} bytes"
    number = float(size)
    for unit in ("kB", "MB", "GB"):
        number /= 1000
        if number < 1000:
            return f"{number:.1f} {unit}"
    return f"{number / 1000:.1f} TB"
