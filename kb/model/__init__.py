"""What kb's data is: values without a database, and the tables that keep them."""
