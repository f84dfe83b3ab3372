"""Where the waterbed effect may bite: borders between policy and none."""
