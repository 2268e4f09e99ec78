"""Films: what comes in, what a file says of itself, and how it goes out."""
