"""What So sánh đơn vị is put together from."""
