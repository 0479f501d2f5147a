"""Hài lòng: are people satisfied, and how sure are we?"""
