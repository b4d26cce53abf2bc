"""What tests share, none of it a test."""
