"""Who may do what: every address, every action and every object, for every kind of person."""
