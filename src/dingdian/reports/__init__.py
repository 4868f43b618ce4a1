"""Reports: how a plan, a census and a derivation are shown, in Chinese and English."""
