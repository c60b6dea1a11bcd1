"""What each line of a text is: title, days, bylines, addresses, captions, furniture, or the text itself.

plain       a line without its markup
labels      labels of lines, and the address that one holds
days        the days that a line states, with what it says of them
bylines     the authors that a line names
furniture   what on a page is not the article
paragraphs  lines and paragraphs joined as they were written
page        the lines of a page, told apart
layout      where on a page the article stands
titles      the title that a page shows
body        the body of a page
"""
