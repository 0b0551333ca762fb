"""The signed-in pages of a firm: parse the request, make one call, show the answer."""
