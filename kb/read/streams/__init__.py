"""Bytes from wherever they come, read with bounds, and what they are in letters.

opened    files, pipes and members of archives: looked into first, unpacked on the way
folders   the files of a folder
encoding  bytes into text, or why they are no text at all
hostile   what is refused before a parser sees it
"""
