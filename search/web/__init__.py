"""The web pages and the JSON API: server-made HTML, no script needed."""
