"""Stories as plain Wagtail Pages, written on Wagtail's own desk."""
