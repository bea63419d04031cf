import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

class Receiver {
    private static final int BODY_BYTES_MAX = 3 << 20;

    private final String secret;
    /** For production: a table with the id as its key. It is the queue, too, and survives a restart. */
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final ExecutorService handlers = Executors.newSingleThreadExecutor();

    Receiver(String secret) {
        this.secret = secret;
    }

    public static void main(String[] arguments) throws IOException {
        String secret = System.getenv().getOrDefault("WEBHOOK_SECRET", "");
        if (secret.isEmpty()) throw new IllegalStateException("WEBHOOK_SECRET is not set");
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9000"));

        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/webhooks", new Receiver(secret)::receive);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(take(exchange), -1);
        } catch (GeneralSecurityException error) {
            throw new IOException(error);
        }
    }

    private int take(HttpExchange exchange) throws IOException, GeneralSecurityException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX);
        Headers headers = exchange.getRequestHeaders();
        String id = header(headers, "id");
        String timestamp = header(headers, "timestamp");
        if (!Verify.isGenuine(secret, id, timestamp, header(headers, "signature"), body)) return 401;

        if (taken.add(id)) handlers.execute(() -> handle(id, body));
        return 204;
    }

    private static String header(Headers headers, String name) {
        String ours = headers.getFirst("webhook-" + name);
        return Objects.requireNonNullElse(ours != null ? ours : headers.getFirst("svix-" + name), "");
    }

    private static void handle(String id, byte[] body) {
        System.out.printf("handled %s: %d bytes%n", id, body.length);
    }
}
