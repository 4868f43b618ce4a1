"""The way of a plan to its issue: consultation, reviews, decision, filing, amendment."""
