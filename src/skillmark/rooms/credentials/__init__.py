"""The room of proofs: kinds of proof, proofs given, their hand-over, what was cancelled, and what a person keeps."""
