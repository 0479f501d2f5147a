"""What pages, commands and reports share: scope -> measures -> statistics -> charts, in words. Only widgets know Streamlit."""
