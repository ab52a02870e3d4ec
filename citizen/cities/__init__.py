"""The city: the tenant that every row belongs to, its look, languages and addresses."""
