"""What is true: pure rules without input, output, clock or chance."""
