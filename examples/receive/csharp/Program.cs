using System.Collections.Concurrent;
using System.Threading.Channels;

var secret = Environment.GetEnvironmentVariable("WEBHOOK_SECRET");
if (string.IsNullOrEmpty(secret)) throw new InvalidOperationException("WEBHOOK_SECRET is not set");
var port = Environment.GetEnvironmentVariable("PORT") ?? "9000";

// For production: a table with the id as its key. It is the queue, too, and survives a restart.
var taken = new ConcurrentDictionary<string, bool>();
var waiting = Channel.CreateUnbounded<(string Id, byte[] Body)>();

var app = WebApplication.CreateBuilder(args).Build();

app.MapPost("/webhooks", async (HttpRequest request) =>
{
    using var buffer = new MemoryStream();
    await request.Body.CopyToAsync(buffer);
    var body = buffer.ToArray();
    var id = Header(request, "id");
    if (!Webhooks.IsGenuine(secret, id, Header(request, "timestamp"), Header(request, "signature"), body))
        return Results.StatusCode(401);

    if (taken.TryAdd(id, true)) await waiting.Writer.WriteAsync((id, body));
    return Results.NoContent();
});

_ = Task.Run(async () =>
{
    await foreach (var (id, body) in waiting.Reader.ReadAllAsync()) Handle(id, body);
});

app.Run($"http://127.0.0.1:{port}");

static string Header(HttpRequest request, string name)
{
    var ours = request.Headers[$"webhook-{name}"].ToString();
    return ours != "" ? ours : request.Headers[$"svix-{name}"].ToString();
}

static void Handle(string id, byte[] body) => Console.WriteLine($"handled {id}: {body.Length} bytes");
