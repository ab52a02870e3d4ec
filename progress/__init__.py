"""How far a city has come towards its targets."""
