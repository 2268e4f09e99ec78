"""Editions, sections and topics, their names in several languages, and who works for which of them."""
