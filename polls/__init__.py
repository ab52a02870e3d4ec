"""Quick polls: one question, a few taps, a result."""
