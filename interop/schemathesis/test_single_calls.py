"""What stands in /openapi.json, called one by one."""

from openapi import DEEP, OpenApi, run, succeeded


class SingleCalls(OpenApi):
    def test_single_calls(self):
        tally = self.tried("examples,coverage,fuzzing", 750 if DEEP else 5)
        self.assert_enough(tally)
        places = {"POST /v1/payments", "POST /oauth/token", "GET /v1/events", "GET /v1/userinfo"}
        self.assertLessEqual(places, succeeded(tally))


if __name__ == "__main__":
    run()
