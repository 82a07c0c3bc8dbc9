"""What a person looks after, with what is due."""
