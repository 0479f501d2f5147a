"""So sánh đơn vị: two to six units of one kind, side by side on everything."""
