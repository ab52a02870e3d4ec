"""Questionnaires and answers, for other programs."""
