"""Signs of biased results: what in the results of a school is hard to explain by its pupils. A sign is not a proof."""
