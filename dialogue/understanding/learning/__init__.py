"""The learned part: from example questions to the kind of a question."""
