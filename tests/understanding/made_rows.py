"""Rows of made-up domains, written where their domain file expects them."""
import csv


def write(folder, rows):
    """folder/rows.csv from dictionaries with the same keys."""
    rows = list(rows)
    with open(folder / "rows.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
