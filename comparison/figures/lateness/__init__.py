"""Trễ hạn: where and in what is it late, once volume and mix are allowed for, and which cases are these?"""
