"""What people can do: one module for each capability, none of which knows a messenger."""
