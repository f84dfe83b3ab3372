"""Records as a workbook that goes out and comes back whole."""
