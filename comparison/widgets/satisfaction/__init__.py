"""What Hài lòng is put together from."""
