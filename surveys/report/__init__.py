"""Results in words and pictures, for pages and for programs."""
