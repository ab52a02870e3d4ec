"""Ideas of citizens: collected, curated by the city, put to a vote, and answered."""
