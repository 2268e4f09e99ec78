"""One way for a mail to leave."""
