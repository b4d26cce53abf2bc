"""The index that the search page searches, made by Pagefind."""
