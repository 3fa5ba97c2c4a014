"""What screens are built of, whatever they show."""
