"""Full-text machinery: what is put in is found again by its words, alike on SQLite and PostgreSQL."""
