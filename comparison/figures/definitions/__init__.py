"""Định nghĩa: every measure as its own file defines it, the words for what became of a case, and how often we err."""
