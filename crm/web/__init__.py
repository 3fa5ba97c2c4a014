"""The browser's side: the menu, who is looking, signing in, the parts that pages are made of."""
