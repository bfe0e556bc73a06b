"""Is dit mantelzorg? Judges care situations by rule sets that care experts write."""
