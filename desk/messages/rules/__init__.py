"""短信规则: where a message stands, when it may go out, and what it may say."""
