"""Tasks on the screen: the list, the form, and what is done with one."""
