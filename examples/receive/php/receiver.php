<?php

require __DIR__ . '/verify.php';

function signature_header(string $name): string
{
    return $_SERVER["HTTP_WEBHOOK_$name"] ?? $_SERVER["HTTP_SVIX_$name"] ?? '';
}

function handle(string $id, string $body): void
{
    error_log("handled $id: " . strlen($body) . ' bytes');
}

/** For production: a table with the id as its key. It is the queue, too. Here a file for each id. */
function is_new(string $id): bool
{
    $folder = sys_get_temp_dir() . '/webhooks-taken';
    @mkdir($folder, 0700, true);
    return @fopen("$folder/" . hash('sha256', $id), 'x') !== false;
}

$secret = getenv('WEBHOOK_SECRET');
if (!$secret) {
    error_log('WEBHOOK_SECRET is not set');
    http_response_code(500);
    exit;
}

$id = signature_header('ID');
$body = file_get_contents('php://input');
if (!is_genuine($secret, $id, signature_header('TIMESTAMP'), signature_header('SIGNATURE'), $body)) {
    http_response_code(401);
    exit;
}

$is_new = is_new($id);
http_response_code(204);
// The answer goes now; what follows may take its time.
function_exists('fastcgi_finish_request') ? fastcgi_finish_request() : flush();
if ($is_new) {
    handle($id, $body);
}
