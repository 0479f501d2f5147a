"""What Khối lượng is put together from."""
