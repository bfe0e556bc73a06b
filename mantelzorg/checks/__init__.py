"""Proofs over content: what an author should know before a rule set or questionnaire is used."""
