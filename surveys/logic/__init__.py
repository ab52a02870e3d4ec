"""Conditions: one tree for what is shown, what is skipped and what is checked."""
