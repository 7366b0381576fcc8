"""The web pages and the JSON API: server-made HTML that needs no script.

`pages/` has a module for each group of pages, `api/` the same as JSON, `messages/` their words in two languages,
`templates/` the HTML. A page is a pure function from what the archive said to what a template shows, and a thin route.
"""
