"""The yearly assessment on screen: campaigns, versions of scores, results."""
