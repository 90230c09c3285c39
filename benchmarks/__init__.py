"""What is fast, measured: our page and our tables beside what a first version would do, in the same run.

Never a test with a time limit: machines differ, so every figure is a median that stands beside a peer's, and the ratio
of the two is what to read.
"""
