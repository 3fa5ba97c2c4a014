"""What rows of a file are to each other that seem to speak of the same: the readings of `Topic.SAME_ROW`."""

EVERY_ROW = "every row counts"
ADDS_UP = "adds up"
FIRST = "first counts"
LAST = "last counts"
