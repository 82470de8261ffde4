ORIGIN={{origin}}    # API_KEY and API_SECRET come from the environment
PAYMENT=${1:?the id of a payment, such as pay_01k…}

TOKEN=$(curl -s "$ORIGIN/oauth/token" -u "$API_KEY:$API_SECRET" \
  -d grant_type=client_credentials | sed 's/.*"access_token": *"\([^"]*\)".*/\1/')

curl "$ORIGIN/v1/payments/$PAYMENT" -H "Authorization: Bearer $TOKEN"
