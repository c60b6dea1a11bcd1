"""What the markup of a page says: of when, by whom and under which title it was published.

words       the visible words of elements
structured  what a page says of itself for machines
canonical   which URL a page goes by
title       the title over the article
authors     who wrote it
dates       when it was published and last changed
"""
