// A child on a pseudo-terminal of its own, for tests that talk to su and login as a person does.
