"""What a record says and what held on a day: records, fields, knowledge base, status, validity, filters."""
