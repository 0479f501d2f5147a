"""What pages, commands and reports share, from scope and measures to figures. Only `frame` knows Streamlit."""
