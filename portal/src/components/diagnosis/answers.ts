export type Advice = { readonly title: string; readonly advice: string };

const REDIRECT =
  "Redirects are not followed, because a signed request must not end up elsewhere. Set the " +
  "endpoint's URL to the address that it redirects to; often https instead of http, or a slash " +
  "at the end.";

/** Words for a status, and what it mostly means where webhooks are received. */
const ADVICE: Readonly<Record<number, string>> = {
  400:
    "It did not like the request. If it checks the signature, let it verify the raw body, byte by " +
    "byte, before anything parses it.",
  401:
    "Did you verify the raw body, with this endpoint's secret? A body that was parsed and written " +
    "again has another signature. If the path needs a login, take it out of that.",
  403:
    "Something in front of it refuses the request: a firewall, a bot protection, a check of the " +
    "CSRF token. Allow POSTs to this path without them; the signature proves where they come from.",
  404: "Nothing is served at this path. Compare the endpoint's URL with the route in your code.",
  405: "The path is there, but takes no POST. Webhooks are always sent by POST.",
  406: "It does not serve what the request accepts. Let this path answer with any content type.",
  408: "It waited for the request and gave up. A proxy in front of it may be overloaded.",
  409: "It says that this is in conflict with what it has. A message that comes twice should be answered 200.",
  410: "With 410 it asked never to be sent to again, so the endpoint was disabled. Enable it when it is back.",
  411: "It wants a Content-Length, which is always sent: something between removes it.",
  413: "The message is larger than it takes. Raise the limit of the body's size for this path.",
  415: "It does not take the content type, application/json. Accept it on this path.",
  421: "It says that it does not serve this host. Look at the host name in the endpoint's URL.",
  422: "It understood the request and refused its content. Look at what it answered, below.",
  423: "It says that what this is about is locked. It is tried again later.",
  425: "It does not want to be early. It is tried again later.",
  426: "It wants another protocol. Plain HTTP/1.1 must be enough for this path.",
  429:
    "It gets more than it takes. Deliveries go on later, and heed its Retry-After. Set a throttle " +
    "on the endpoint if this happens often.",
  431: "The request's headers are too large for it. Remove custom headers of the endpoint.",
  451: "It refuses for legal reasons. Ask who runs it.",
  500: "Your code failed on this message. Its log, at the time of this attempt, says where.",
  501: "It does not know how to do this. Let the path take POST.",
  502: "A proxy is there, but the server behind it is not, or broke while it answered.",
  503: "It is down, overloaded or being deployed. It is tried again later.",
  504: "A proxy waited too long for the server behind it. Answer first, then do the work.",
  520: "Cloudflare got no answer that it understands from your server.",
  521: "Cloudflare could not connect to your server: it is down, or refuses Cloudflare.",
  522: "Cloudflare waited too long for a connection to your server.",
  523: "Cloudflare finds no way to your server. Look at its DNS records.",
  524: "Cloudflare waited too long for your server's answer. Answer first, then do the work.",
  525: "Cloudflare and your server could not agree on TLS. Look at your server's certificate.",
  526: "Cloudflare does not trust your server's certificate: renew it.",
  530: "Cloudflare could not find your server. Look at its DNS records.",
};

/** For an answer that was no success. */
export function adviceOnAnswer(status: number): Advice {
  const title = `Your server answered ${status}.`;
  const known = ADVICE[status];
  if (known !== undefined) return { title, advice: known };
  return { title, advice: adviceOnClass(Math.floor(status / 100)) };
}

function adviceOnClass(hundreds: number): string {
  if (hundreds === 1) return "That is not an answer yet. A status from 200 to 299 is one.";
  if (hundreds === 3) return REDIRECT;
  if (hundreds === 4) return "It refused the request. What it answered, below, may say why.";
  return "It failed on its side. Its log, at the time of this attempt, says why.";
}
