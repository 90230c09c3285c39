"""What leaves: rows as CSV and JSON, charts as HTML, SVG, PNG and PDF, each with the evidence behind it.

In: a dataset and a query. Out: bytes, and files that are written whole or not at all. It must not know the
page or the command line.
"""
