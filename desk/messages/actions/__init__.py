"""短信的一生: promise it, claim it, settle it, and clear up what became of it."""
