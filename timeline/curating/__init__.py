"""What a curator does: from dated passages to checked rows, without leaving the tool.

In: a table and the texts of its documents. Out: documents with what is cited and what is not, rows filled in ahead,
what is wrong with a row, which rows are like it, and changes to be saved. It must not know Dash, Flask, what a reader
chose or how anything is drawn.
"""
