"""What Tổng quan is put together from."""
