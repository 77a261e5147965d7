"""The arithmetic of rewards: which rule holds, what it brings, whether a ballot passed. Pure, in Decimal."""
