"""How the shipped embedder is made and measured; nothing here is needed to use it."""
