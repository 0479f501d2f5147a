"""Measures' frames reshaped into what each chart form takes: names short, numbers in words, months without gaps."""
