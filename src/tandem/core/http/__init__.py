"""The JSON door's common ground: answers, bodies, paging, versions. Knows nothing of goals."""
