"""办件规则: pure; the standard library, the kernel's pure modules and the catalogue's rules."""
