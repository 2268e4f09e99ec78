"""The newsroom's side of the site, on Wagtail's admin."""
