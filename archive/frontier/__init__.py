"""The frontier: what a crawl still has to fetch, and the ledger of every article address that lists showed."""
