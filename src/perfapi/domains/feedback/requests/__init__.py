"""Asking for feedback: about oneself, about somebody who reports to one, or for a colleague.

A *request* has a *requester*, a person whom it is *about*, questions, and *respondents*. Whoever
is asked sees before writing who is going to read the answer.
"""
