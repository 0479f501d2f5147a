"""A figure or a list with all that belongs to it: title, caption, source, method, numbers, workbook, picture, slide."""
