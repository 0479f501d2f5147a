"""What is written for people and for tools: READMEs, glossary, make, locks, this folder itself."""
