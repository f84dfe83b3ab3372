"""Two versions of a record made one, by what they mean: the work of a merge driver of git."""
