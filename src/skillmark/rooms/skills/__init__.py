"""What can be known: items that a firm may ask for, their rules, and the documents they follow. No people in here."""
