"""Who disputes what."""
