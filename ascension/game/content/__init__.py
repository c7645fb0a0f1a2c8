"""The content tables (CSV) and the script that derives the id modules from them."""
