"""What stories are checked against: dictionaries, the newsroom's own words, and whether links answer."""
