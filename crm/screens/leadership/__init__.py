"""Leadership on the screen: what needs a call, the figures, and their charts."""
