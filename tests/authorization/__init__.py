"""Every operation, as everybody, on things in every state: what each is answered."""
