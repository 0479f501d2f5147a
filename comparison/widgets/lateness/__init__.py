"""What Trễ hạn is put together from."""
