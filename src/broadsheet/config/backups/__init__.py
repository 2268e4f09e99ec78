"""One file that holds a whole newsroom, and the way back from it."""
