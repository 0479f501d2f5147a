"""What Mô hình is put together from."""
