ORIGIN={{origin}}    # TOKEN, from an account holder's consent, comes from the environment

curl "$ORIGIN/v1/userinfo" -H "Authorization: Bearer $TOKEN"
