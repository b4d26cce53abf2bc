"""The plan of every page: its address, its template, and the parts that its view is made of."""
