SELECT pay(gen_random_uuid()::text, gen_random_uuid()::text, 1000);
