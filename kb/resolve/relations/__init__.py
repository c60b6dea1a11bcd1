"""How figures of one thing stand to each other. Pure: claims in, relations with their explanations out.

counting      up to which day a count that can only grow was told
voices        who speaks in a claim, and whether in a publication of their own
pairs         two claims of one series: they agree, one updates the other, or they clash
told          claims as they are read now, with who is behind them: what conflicts are looked for in
multiples     what a multiple says of the number that it is a multiple of
wholes        parts that do not make the whole that they are told of
same_numbers  one number told of two things
explain       why claims were put side by side, in a sentence
conflicts     what in the claims of a series does not fit together
across        one number in two series
"""
