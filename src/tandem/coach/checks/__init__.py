"""The checks themselves, cut by what they look at: one sentence, one objective, its parents, a whole goal set."""
