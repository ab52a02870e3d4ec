"""General things, one named subject a file. Knows nothing of cities, people or features."""
