"""The room `search`: found in Chinese and English, by rights, after every write."""
