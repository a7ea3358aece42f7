"""What a question says: statements about features with their roles (about whom, a change, a mention) and what is left around them."""
