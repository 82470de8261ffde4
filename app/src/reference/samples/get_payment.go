package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
)

const origin = "{{origin}}"

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	request, err := http.NewRequest("POST", origin+"/oauth/token",
		strings.NewReader("grant_type=client_credentials"))
	check(err)
	request.SetBasicAuth(os.Getenv("API_KEY"), os.Getenv("API_SECRET"))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	granted, err := http.DefaultClient.Do(request)
	check(err)
	defer granted.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	check(json.NewDecoder(granted.Body).Decode(&token))

	paymentID := os.Args[1] // such as pay_01k…
	request, err = http.NewRequest("GET", origin+"/v1/payments/"+paymentID, nil)
	check(err)
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	answer, err := http.DefaultClient.Do(request)
	check(err)
	defer answer.Body.Close()
	io.Copy(os.Stdout, answer.Body)
}
