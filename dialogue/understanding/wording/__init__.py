"""What the words of a question stand for: a text becomes tokens, and these numbers, features, values, outcomes, cases."""
