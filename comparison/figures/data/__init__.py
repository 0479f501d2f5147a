"""Dữ liệu: how the numbers came to be, and what is still to be settled in the exports."""
