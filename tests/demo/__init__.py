"""The demo's files: the same every time, whole, and telling the stories they should."""
