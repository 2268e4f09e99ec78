"""Clock, settings, home, refusals, events: what every room stands on, and what knows nothing of news."""
