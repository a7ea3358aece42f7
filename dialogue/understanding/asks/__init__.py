"""What is asked: a kind for each clause that asks something of its own, and the options of each."""
