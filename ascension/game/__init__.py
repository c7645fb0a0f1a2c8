"""The rules of the game: pure Python, compiled by mypyc where a compiler is at hand."""
