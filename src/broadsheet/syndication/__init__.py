"""Feeds, sitemaps and structured data."""
