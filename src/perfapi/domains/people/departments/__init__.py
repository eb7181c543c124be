"""The tree of departments, and its closure, which tells at once what lies below a department."""
