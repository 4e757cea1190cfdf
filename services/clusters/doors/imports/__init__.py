"""Lists that somebody brings from a spreadsheet: a file, its columns, a trial that changes nothing, then the deed."""
