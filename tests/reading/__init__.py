"""Reading any list that people have."""
