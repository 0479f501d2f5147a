"""Everything proven, in folders by what it proves; each says in its `__init__.py` what belongs there.

Tests import helpers, never each other. Demo archives are kept in `.demo/` under a key of all that makes them.

In `make test-long` alone (marked `long`): the districts of `pages/test_other_seeds.py` dealt with seeds 2 and 3 (seed 1
stays); in `unit/test_chance_simulations.py` the kept charts, the kept months and the kept districts with known fields
simulated anew (the other districts stay); in `unit/test_simulations.py` the kept verdicts simulated anew. There every
property is tried on ten times as many examples, and on others each time.
"""
