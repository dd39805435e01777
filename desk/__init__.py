"""便民服务中心: cases, the windows that take them in, and the messages about them."""
