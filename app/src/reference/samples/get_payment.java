import java.net.URI;
import java.net.http.*;
import java.util.Base64;
import java.util.regex.Pattern;

public class GetPayment {
    static final String ORIGIN = "{{origin}}";
    static final String KEY = System.getenv("API_KEY"), SECRET = System.getenv("API_SECRET");

    static String send(HttpRequest.Builder request, String authorization) throws Exception {
        request.header("Authorization", authorization);
        var answer = HttpResponse.BodyHandlers.ofString();
        return HttpClient.newHttpClient().send(request.build(), answer).body();
    }

    public static void main(String[] args) throws Exception {
        var basic = Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes());
        var granted = send(HttpRequest.newBuilder(URI.create(ORIGIN + "/oauth/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")), "Basic " + basic);
        var token = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(granted);
        if (!token.find()) throw new IllegalStateException(granted);

        var paymentId = args[0]; // such as pay_01k…
        System.out.println(send(HttpRequest.newBuilder(URI.create(ORIGIN + "/v1/payments/" + paymentId)),
            "Bearer " + token.group(1)));
    }
}
