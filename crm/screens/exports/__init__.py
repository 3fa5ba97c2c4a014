"""Lists that leave by a click: the export button, and tables of numbers that have one."""
