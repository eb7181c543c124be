"""Goals as rows of CSV: the list, or their key results, for a spreadsheet."""
