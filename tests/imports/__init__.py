"""Files in, tested."""
