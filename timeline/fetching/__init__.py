"""Fetching: the originals of documents, saved into the folder of documents. The only room that asks the network.

In: documents.csv and a folder. Out: files, a log of when each was retrieved, and what became of each. It must not know
events, what is drawn, or the command line.
"""
