"""Khối lượng: how much work, where, when, by which channel and field?"""
