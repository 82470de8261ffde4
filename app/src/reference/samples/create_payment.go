package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

const origin = "{{origin}}"

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func post(path, body string, headers map[string]string) []byte {
	request, err := http.NewRequest("POST", origin+path, strings.NewReader(body))
	check(err)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
	check(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	check(err)
	return text
}

func random() string {
	bytes := make([]byte, 16)
	_, err := rand.Read(bytes)
	check(err)
	return hex.EncodeToString(bytes)
}

func main() {
	key, secret := os.Getenv("API_KEY"), os.Getenv("API_SECRET")
	b64 := base64.StdEncoding.EncodeToString
	var token struct {
		AccessToken string `json:"access_token"`
	}
	check(json.Unmarshal(post("/oauth/token", "grant_type=client_credentials", map[string]string{
		"Authorization": "Basic " + b64([]byte(key+":"+secret)),
		"Content-Type":  "application/x-www-form-urlencoded",
	}), &token))

	now := time.Now().Unix()
	body := fmt.Sprintf(`{"order_id":"A-%d","amount":"100.00","currency":"USD","method":"card_ok"}`, now)
	sum := sha256.Sum256([]byte(body))
	digest := "sha-256=:" + b64(sum[:]) + ":"
	idempotencyKey := random()
	covered := [][2]string{
		{"@method", "POST"},
		{"@authority", strings.Split(origin, "://")[1]},
		{"@path", "/v1/payments"},
		{"content-digest", digest},
		{"idempotency-key", idempotencyKey},
	}
	var names []string
	base := ""
	for _, part := range covered {
		names = append(names, `"`+part[0]+`"`)
		base += fmt.Sprintf("\"%s\": %s\n", part[0], part[1])
	}
	params := fmt.Sprintf(`(%s);created=%d;nonce="%s";keyid="%s";alg="hmac-sha256";tag="tallyport"`,
		strings.Join(names, " "), now, random(), key)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(base + `"@signature-params": ` + params))

	fmt.Println(string(post("/v1/payments", body, map[string]string{
		"Content-Type":    "application/json",
		"Authorization":   "Bearer " + token.AccessToken,
		"Idempotency-Key": idempotencyKey,
		"Content-Digest":  digest,
		"Signature-Input": "sig1=" + params,
		"Signature":       "sig1=:" + b64(mac.Sum(nil)) + ":",
	})))
}
