"""Trình chiếu: briefings, and one view alone, read from the back of a room."""
