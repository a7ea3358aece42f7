"""What the talk so far adds to a question: after a search, to a fragment, to an answer to a question back."""
