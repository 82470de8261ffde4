import java.net.URI;
import java.net.http.*;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.*;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class CreatePayment {
    static final String ORIGIN = "{{origin}}";
    static final String KEY = System.getenv("API_KEY"), SECRET = System.getenv("API_SECRET");

    static String b64(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    static String post(String path, String body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(ORIGIN + path));
        headers.forEach(request::header);
        request.POST(HttpRequest.BodyPublishers.ofString(body));
        var answer = HttpResponse.BodyHandlers.ofString();
        return HttpClient.newHttpClient().send(request.build(), answer).body();
    }

    public static void main(String[] args) throws Exception {
        var granted = post("/oauth/token", "grant_type=client_credentials", Map.of(
            "Authorization", "Basic " + b64((KEY + ":" + SECRET).getBytes()),
            "Content-Type", "application/x-www-form-urlencoded"));
        var token = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(granted);
        if (!token.find()) throw new IllegalStateException(granted);

        var now = Instant.now().getEpochSecond();
        var body = """
            {"order_id":"A-%d","amount":"100.00","currency":"USD","method":"card_ok"}""".formatted(now);
        var sha256 = MessageDigest.getInstance("SHA-256").digest(body.getBytes());
        var covered = new LinkedHashMap<String, String>();
        covered.put("@method", "POST");
        covered.put("@authority", URI.create(ORIGIN).getAuthority());
        covered.put("@path", "/v1/payments");
        covered.put("content-digest", "sha-256=:" + b64(sha256) + ":");
        covered.put("idempotency-key", UUID.randomUUID().toString());
        var names = new StringJoiner(" ", "(", ")");
        var base = new StringBuilder();
        covered.forEach((name, value) -> {
            names.add('"' + name + '"');
            base.append('"').append(name).append("\": ").append(value).append('\n');
        });
        var params = names + ";created=" + now + ";nonce=\"" + UUID.randomUUID() + "\";keyid=\"" + KEY
            + "\";alg=\"hmac-sha256\";tag=\"tallyport\"";
        base.append("\"@signature-params\": ").append(params);
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(), "HmacSHA256"));

        System.out.println(post("/v1/payments", body, Map.of(
            "Content-Type", "application/json",
            "Authorization", "Bearer " + token.group(1),
            "Idempotency-Key", covered.get("idempotency-key"),
            "Content-Digest", covered.get("content-digest"),
            "Signature-Input", "sig1=" + params,
            "Signature", "sig1=:" + b64(mac.doFinal(base.toString().getBytes())) + ":")));
    }
}
