"""What a training works with: prepared cases, what the rules say of them, and the changes that tip them."""
