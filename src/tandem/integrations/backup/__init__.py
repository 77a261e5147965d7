"""The whole of Tandem in one file, taken while it serves; and back into a place of its own."""
