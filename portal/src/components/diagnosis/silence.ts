import type { Advice } from "./answers.ts";

type Silence = Advice & {
  /** The reason's name, or our server's sentence for it. */
  readonly when: RegExp;
  /** Instead, where somebody has entered their own machine. */
  readonly adviceOnLocalhost?: string;
};

const TIMEOUT: Advice = {
  title: "Your server did not answer in time.",
  advice:
    "Answer with 200 as soon as the message is stored, and do the work afterwards. If it does so " +
    "already, see whether it is overloaded, or a firewall swallows what we send.",
};

/** The first that fits; what is special stands before what is general. */
const SILENCES: readonly Silence[] = [
  {
    when: /^blocked_address$|is not public; requests to it are blocked/,
    title: "The address is not public.",
    advice:
      "The host name leads to a private or reserved address, to which nothing is sent. Use an " +
      "address that the internet reaches; for a machine of your own, a tunnel.",
    adviceOnLocalhost:
      "localhost is this server itself, not your machine. Make your machine reachable by a tunnel.",
  },
  {
    when: /^dns$|could not be resolved/,
    title: "The host name could not be found.",
    advice: "Look for a typing mistake in the URL, and whether its DNS record is there.",
  },
  {
    when: /certificate has expired|CERT_HAS_EXPIRED/i,
    title: "Your server's certificate has expired.",
    advice: "Renew it. What renews it by itself (certbot, your host) has stopped doing so.",
  },
  {
    when: /self[- ]signed|unable to (?:verify|get)|UNABLE_TO_|SELF_SIGNED/i,
    title: "Your server's certificate is not trusted.",
    advice:
      "It must come from a public authority, and the server must send the intermediate " +
      "certificates with it (the full chain).",
  },
  {
    when: /Hostname\/IP does not match|ALTNAME/i,
    title: "Your server's certificate is for another host name.",
    advice: "Get one for the host in the endpoint's URL, or correct the URL.",
  },
  {
    when: /^tls$|No secure connection to/,
    title: "No secure connection could be made.",
    advice: "See that the server speaks TLS 1.2 or newer on this port, with a valid certificate.",
  },
  {
    when: /^refused$|Connection refused/,
    title: "Your server refused the connection.",
    advice: "Nothing listens at this address and port. See whether it runs, and on which port.",
  },
  {
    when: /^response_too_large$|was longer than|were too long/,
    title: "Your server's answer was too long.",
    advice: "A status is enough: leave the body empty, and answer with a few headers.",
  },
  {
    when: /^malformed_response$|was not valid HTTP/,
    title: "What your server answered is not HTTP.",
    advice:
      "See that the port is that of an HTTP server, and that https is used where it speaks TLS.",
  },
  {
    when: /^reset$|was closed before/,
    title: "Your server closed the connection before it answered.",
    advice: "It may have crashed or been restarted, or a proxy in front of it gave up.",
  },
  {
    when: /not a valid http or https URL/,
    title: "The endpoint's URL cannot be sent to.",
    advice: "Edit the endpoint, and give it a URL that begins with https://.",
  },
  { when: /^timeout$|in time|timed? ?out/i, ...TIMEOUT },
  {
    when: /^unreachable$|No way to/,
    title: "Your server could not be reached.",
    advice: "No network leads to its address. See its DNS record, and whether it is up.",
  },
];

/** For an attempt without an answer, by what our server says of it. */
export function adviceOnSilence(reason: string, url?: string): Advice {
  const known = SILENCES.find(({ when }) => when.test(reason));
  if (known === undefined) {
    return {
      title: "No answer came.",
      advice: reason === "" ? "See whether your server runs." : reason,
    };
  }
  const { title, advice, adviceOnLocalhost = advice } = known;
  const isLocal = /localhost|127\./.test(url ?? "");
  return { title, advice: isLocal ? adviceOnLocalhost : advice };
}
