"""Changing a questionnaire part by part, and saying in words what stands in it: no pages, no forms."""
