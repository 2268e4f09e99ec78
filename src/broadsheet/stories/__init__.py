"""Stories: their states, bodies, addresses and lists."""
