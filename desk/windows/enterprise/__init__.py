"""企业服务窗口: an enterprise's whole undertaking, walked through every bureau."""
