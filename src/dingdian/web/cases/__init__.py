"""Cases on screen: what waits for whom, a case with its papers, and the form of every move."""
