"""Question -> Query (`understanding/`), Evidence -> Answer (`phrasing/`); words in `languages/`, kinds in `operations/`."""
