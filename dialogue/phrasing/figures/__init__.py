"""Drawings as SVG, each with a title that says the finding, a text alternative and its numbers as a table."""
