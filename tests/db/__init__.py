"""The store: looking, changing, and what is said when a change cannot be kept."""
