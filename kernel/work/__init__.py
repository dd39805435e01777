"""长活: work too long for a request: printing, importing. It shows how far it is, and waits."""
