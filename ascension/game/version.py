"""The version of the rules: results of different versions are never compared.

Raise it with every change after which some seed and some decisions give another game; a test holds
the digests of recorded games of this version.
"""

from typing import Final

RULES_VERSION: Final = "1"
