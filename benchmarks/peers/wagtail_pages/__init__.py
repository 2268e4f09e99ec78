"""The same pages on plain Wagtail Pages, as one who knows Wagtail well would write them."""
