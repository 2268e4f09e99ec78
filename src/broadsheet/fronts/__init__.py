"""What stands on the front page and on the section fronts."""
