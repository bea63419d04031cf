import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const { PORT = "4000", POSTHORN_URL: posthornUrl, POSTHORN_TOKEN: token } = process.env;
if (!posthornUrl || !token) throw new Error("POSTHORN_URL and POSTHORN_TOKEN have to be set");

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    response.writeHead(502).end();
  });
});

async function answer(request, response) {
  if (request.method === "POST" && request.url === "/portal-link") {
    const url = await portalLink(customerOf(request));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ url }));
  } else {
    const page = await readFile(new URL("page.html", import.meta.url));
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(page);
  }
}

/** Whose webhooks are shown is what your own session says, and never what the browser asks for. */
function customerOf(_request) {
  return { uid: "acme", name: "Acme" };
}

/** The token that can do everything stays on this server: the browser gets a link for one customer. */
async function portalLink(application) {
  const answer = await fetch(`${posthornUrl}/api/v1/auth/app-portal-access/${application.uid}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    // `application` makes the customer's application at their first visit.
    body: JSON.stringify({ application, expiry: 3600 }),
  });
  if (!answer.ok) throw new Error(`Posthorn answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()).url;
}

server.listen(Number(PORT), "127.0.0.1", () => {
  console.log(`Open http://127.0.0.1:${PORT}`);
});
