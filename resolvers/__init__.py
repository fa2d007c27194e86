"""What each root field, mutation and computed field does. Inputs stand beside their mutation."""
