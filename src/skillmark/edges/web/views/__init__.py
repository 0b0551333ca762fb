"""One file of views an area of the pages."""
