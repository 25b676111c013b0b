"""The claim checker: what a sentence says, held against what it cites. `verify.check` is its way in."""
