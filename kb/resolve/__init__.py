"""Which facts speak of one thing: groups of mentions, reports and claims."""
