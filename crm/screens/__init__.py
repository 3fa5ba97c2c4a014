"""What pages are made of, one folder for each noun that people of the desk say."""
