"""Where requests come in: signing in and out, sessions, sockets, headers."""
