"""Figures asked of loaded exports, against slow twins and published numbers; no page."""
