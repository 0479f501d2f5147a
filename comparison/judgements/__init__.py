"""What rows support saying: beyond chance, worse, new, comparable. Rows in, verdict out, without a word of it."""
