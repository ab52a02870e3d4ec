"""Who may answer, and only once, without our knowing who said what."""
