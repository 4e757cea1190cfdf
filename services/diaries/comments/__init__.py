"""What peers answer: a takeaway, a question, a suggestion, a reply."""
