"""Pages as AppTest runs them, on loaded data: what a reader finds there, and what not."""
