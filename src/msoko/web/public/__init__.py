"""The open portal: no sign-in, no scripts, nothing but what publication has released."""
