"""My day on the screen."""
