"""The stream of everything published, and briefs."""
