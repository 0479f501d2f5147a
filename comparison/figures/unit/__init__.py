"""Hồ sơ đơn vị: one unit on one page, and on two sheets of paper."""
