"""What stands around every page: what the address asks for, the row of filters, the script of the page."""
