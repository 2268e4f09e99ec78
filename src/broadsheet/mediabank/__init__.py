"""Pictures: their files, rights, captions, and where they are used."""
