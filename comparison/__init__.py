"""What pages, commands and reports share: scope, measures, statistics, charts, words. Only widgets know Streamlit."""
