"""What is left of a training: the record as a file, read back, on paper, and several laid beside each other."""
