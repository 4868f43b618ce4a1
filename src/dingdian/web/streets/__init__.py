"""The street network along which the bureau measures distances."""
