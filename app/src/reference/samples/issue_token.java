import java.net.URI;
import java.net.http.*;
import java.util.Base64;

public class IssueToken {
    public static void main(String[] args) throws Exception {
        var pair = System.getenv("API_KEY") + ":" + System.getenv("API_SECRET");
        var request = HttpRequest.newBuilder(URI.create("{{origin}}/oauth/token"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(
                "grant_type=client_credentials&scope=payments%3Awrite+payments%3Aread"))
            .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.body());
    }
}
