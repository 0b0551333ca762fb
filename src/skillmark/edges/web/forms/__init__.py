"""One file of forms an area of the pages."""
