ORIGIN={{origin}}    # API_KEY and API_SECRET come from the environment

curl "$ORIGIN/oauth/token" -u "$API_KEY:$API_SECRET" \
  -d grant_type=client_credentials \
  --data-urlencode scope="payments:write payments:read"
