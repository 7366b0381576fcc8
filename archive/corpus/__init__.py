"""The archive as a corpus: texts to read on, proofs to cite, figures to count; light readings of many articles."""
