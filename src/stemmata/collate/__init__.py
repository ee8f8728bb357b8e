"""What versions of one story have in common and what each changed: kin, claims, changes."""
