"""The strongroom: issuer keys. The only room that signs."""
