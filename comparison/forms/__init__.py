"""Chart forms: a frame in, a plain-dict plotly figure or HTML out; nothing here knows Streamlit."""
