"""What runs later or on time: claimed once, taken up again when a worker dies."""
