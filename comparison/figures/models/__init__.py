"""Mô hình: what has each model done over its life, and how sure is that?"""
