"""Many-people mode: accounts with passwords, and a log of who came when."""
