"""People and how they are organised.

A *person* reports to one primary *manager* at a time and may have *dotted* managers; a *reporting
line* is valid from a day until a day. The *chain* above a person are their manager, the manager's
manager and so on; everybody below are their *reports*. *Departments* form a tree, *teams* cut
across it. A person who has *left* keeps their history. A *role assignment* makes somebody an
administrator or an HR partner, of all or of some departments.
"""
