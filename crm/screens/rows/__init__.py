"""From a number to its rows, on the screen."""
