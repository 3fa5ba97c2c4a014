"""Clients on the screen: the list, one client with all its tabs, adding and changing one."""
