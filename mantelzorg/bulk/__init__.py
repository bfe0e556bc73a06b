"""Many situations at once: data frames and files judged by the verdict table's reader, column by column.

`judging.judge` is the way in for a data frame, `screening.screen` for a file.
"""
