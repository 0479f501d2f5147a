"""What Streamlit draws: the frame of pages and slides around figures that know nothing of it."""
