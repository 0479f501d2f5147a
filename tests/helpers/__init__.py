"""What tests share: made exports, kept demo archives, slow twins, ways to open and to read a page. No test."""
