"""Main surveys: a questionnaire with logic, asked in waves, and what came out."""
