"""短信: the outbox and the carriers. Knows phones and words; knows no cases."""
