"""What staff decide about citizens' texts, with reasons."""
