"""Labelled pairs for the claim checker, and how it does on them."""
