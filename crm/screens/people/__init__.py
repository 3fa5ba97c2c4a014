"""People on the screen: accounts, one's own profile, and who may what."""
