import java.net.URI;
import java.net.http.*;

public class GetUserinfo {
    public static void main(String[] args) throws Exception {
        // A token that an account holder consented to.
        var request = HttpRequest.newBuilder(URI.create("{{origin}}/v1/userinfo"))
            .header("Authorization", "Bearer " + System.getenv("TOKEN"))
            .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.body());
    }
}
