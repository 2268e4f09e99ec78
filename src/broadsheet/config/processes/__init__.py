"""The processes that `serve` supervises, and what ties them to it. `broadsheet.config.supervisor` starts them."""
