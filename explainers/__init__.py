"""Model and data -> Evidence. One file for each method; no language, no web, no database."""
