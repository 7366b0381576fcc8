"""tantivy: an index in Rust, as an extra; the same questions, the same articles, an order by scores of its own."""
