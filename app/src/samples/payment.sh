ORIGIN={{origin}}    # API_KEY and API_SECRET come from the environment

TOKEN=$(curl -s "$ORIGIN/oauth/token" -u "$API_KEY:$API_SECRET" \
  -d grant_type=client_credentials | sed 's/.*"access_token": *"\([^"]*\)".*/\1/')

BODY='{"order_id":"A-'$(date +%s)'","amount":"100.00","currency":"USD","method":"card_ok"}'
KEY=$(openssl rand -hex 16)
DIGEST="sha-256=:$(printf %s "$BODY" | openssl dgst -sha256 -binary | base64):"

PARAMS='("@method" "@authority" "@path" "content-digest" "idempotency-key")'
PARAMS="$PARAMS;created=$(date +%s);nonce=\"$(openssl rand -hex 16)\""
PARAMS="$PARAMS;keyid=\"$API_KEY\";alg=\"hmac-sha256\";tag=\"tallyport\""
BASE="\"@method\": POST
\"@authority\": ${ORIGIN#*://}
\"@path\": /v1/payments
\"content-digest\": $DIGEST
\"idempotency-key\": $KEY
\"@signature-params\": $PARAMS"
MAC=$(printf %s "$BASE" | openssl dgst -sha256 -hmac "$API_SECRET" -binary | base64)

curl "$ORIGIN/v1/payments" -d "$BODY" \
  -H "Content-Type: application/json" \
  -H "Authorization: Bearer $TOKEN" \
  -H "Idempotency-Key: $KEY" \
  -H "Content-Digest: $DIGEST" \
  -H "Signature-Input: sig1=$PARAMS" \
  -H "Signature: sig1=:$MAC:"
