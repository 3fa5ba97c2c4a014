"""What people call the parts of the search."""
