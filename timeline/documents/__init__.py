"""What a citation is: texts, folding, passages, links to the original, and the finding of dated passages.

In: tables that `timeline.table` has read, and a folder of documents. Out: paragraphs, Citations, Problems, addresses.
It must not know what a reader chose, what is drawn, or how a page looks.
"""
