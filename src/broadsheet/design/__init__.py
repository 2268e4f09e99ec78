"""Tokens and the parts that pages are made of."""
