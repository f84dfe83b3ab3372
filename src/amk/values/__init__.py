"""Values that need nothing else of amk: dates, line ranges, texts per language, frozen values, errors."""
