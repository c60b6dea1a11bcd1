"""What is left to people: pairs that may be one, and decisions that contradict each other.

candidates  persons, bodies and places that may be one and that nothing joins
measures    measures that may be one and that nothing joins
judged      what people say of single facts, and where they differ
opposed     decisions of several people that contradict each other
"""
