"""Files that articles attach: which ones a page has, and the text of those that were captured."""
