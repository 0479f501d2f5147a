"""What Hồ sơ đơn vị and So sánh đơn vị are put together from."""
