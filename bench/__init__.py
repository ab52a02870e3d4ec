"""Measures Plaza beside bare Flask: the same machine, the same gunicorn settings, the same kind of database."""
