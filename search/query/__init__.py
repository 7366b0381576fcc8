"""The query language: text → AST, without any engine."""
