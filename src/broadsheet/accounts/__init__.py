"""Who logs in: staff and readers, their roles and what each role may do."""
