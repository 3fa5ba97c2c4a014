"""What people see: one file, one screen."""
