"""Makes pages: keyed reads and the guard that holds them."""
