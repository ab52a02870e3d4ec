"""Changing questionnaires and saying what stands in them, below the pages."""
