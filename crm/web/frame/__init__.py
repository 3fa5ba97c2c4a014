"""What is around every page: the menu, the sign, the ways from one page to another."""
