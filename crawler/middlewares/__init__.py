"""Between Scrapy and the portals: scope, address guard, politeness, conditional requests, capture."""
