"""Everything proven, in folders by what it proves; each says in its `__init__.py` what belongs there."""
