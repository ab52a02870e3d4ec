"""People who sign in: citizens by a link in their mail, staff with a password and a second factor."""
