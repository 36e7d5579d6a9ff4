// A picture of what a terminal showed.
