"""What is served beside GraphQL: files by signed addresses, health, metrics."""
