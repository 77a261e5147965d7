"""Stable names of things, as plan files and the API know them."""

import secrets

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def new_key() -> str:
    """A short random key that can be read aloud: ten characters without l, o, 0 and 1."""
    return "".join(secrets.choice(ALPHABET) for _character in range(10))
