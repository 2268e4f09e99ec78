"""The pages and boxes with which readers search."""
