"""What only a browser shows: clicks, Back, languages of the document, paper, axe-core; one server for all."""
