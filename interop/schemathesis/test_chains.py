"""What stands in /openapi.json, called in chains along the links of the document."""

from collections import Counter

from openapi import DEEP, REQUESTS_MIN, SEED, OpenApi, run, succeeded

# How many runs may pass before a chain has reached every place it has to.
RUNS_MAX = 5


class Chains(OpenApi):
    def test_chains_of_calls(self):
        # A chain ends the run when the server's state lets the same steps go another way than before, so that the
        # long form is made of many runs, and every other one of them is about everything.
        payment = "/v1/payments/{id}"
        places = {"POST /v1/payments", f"POST {payment}/capture", f"POST {payment}/cancel", "POST /v1/refunds"}
        tally, seed = Counter(), SEED
        while tally.total() < REQUESTS_MIN or (not places <= succeeded(tally) and seed < SEED + RUNS_MAX):
            among = "^/v1/(payments|refunds)" if seed % 2 else ".*"
            tally += self.tried("stateful", 5_000 if DEEP else 150, seed, among)
            seed += 1
        self.assert_enough(tally)
        self.assertLessEqual(places, succeeded(tally))


if __name__ == "__main__":
    run()
