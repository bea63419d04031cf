import ipaddr from "ipaddr.js";

/** ["203.0.113.7", "2001:db8::/48"] as they are. Throws a RangeError that names the wrong part. */
export function parseEgressIps(texts: readonly string[]): readonly string[] {
  for (const text of texts) {
    if (!isAddressOrSubnet(text)) {
      throw new RangeError(
        `"${text}" is neither an address such as 203.0.113.7 nor a subnet such as 2001:db8::/48`,
      );
    }
  }
  return texts;
}

function isAddressOrSubnet(text: string): boolean {
  const { IPv4, IPv6 } = ipaddr;
  if (text.includes("/")) return IPv4.isValidCIDRFourPartDecimal(text) || IPv6.isValidCIDR(text);
  return IPv4.isValidFourPartDecimal(text) || (IPv6.isValid(text) && !text.includes("%"));
}
