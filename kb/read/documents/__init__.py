"""The one article in some bytes: a page, a text, a PDF.

text          a text as people save pages
front_matter  data that stand before a Markdown text
html          a page of HTML
mhtml         a page with all that belongs to it in one file
html_text     the main text of a page
fragment      a piece of markup without a page around it
corrections   what a page says of having been corrected
pdf           a PDF with a text layer
pdf_layer     its text layer, read in a process of its own
"""
