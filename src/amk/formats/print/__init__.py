"""Formats for paper and the office: PDF, docx and odt."""
