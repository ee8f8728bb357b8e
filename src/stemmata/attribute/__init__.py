"""Scores -> statements: what is said in an article, by whom, with which words, and how surely."""
