"""Bylines and speakers: one table of persons."""
