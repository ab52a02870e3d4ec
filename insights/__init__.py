"""Statistics as pure functions on numbers: no Flask, no database, each with its source."""
