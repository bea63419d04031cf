import { lookup as resolve } from "node:dns";
import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import type { IPv4, IPv6 } from "ipaddr.js";

/** Decides which addresses may be connected to: the public ones, and the operator's exceptions. */
export type AddressGuard = {
  isAllowed(address: string): boolean;
  /** An address in place of a host name is never looked up, so it needs a check of its own. */
  checkLiteral(hostname: string): BlockedAddressError | undefined;
  /** Resolves a name to its allowed addresses; what is connected to is what was checked here. */
  readonly lookup: LookupFunction;
};

export type Subnet = readonly [IPv4 | IPv6, number];

/** The only IPv6 addresses that IANA has given out as global unicast. */
const GLOBAL_UNICAST_V6: Subnet = [ipaddr.IPv6.parse("2000::"), 3];

export class BlockedAddressError extends Error {
  override readonly name = "BlockedAddressError";
  readonly code = "POSTHORN_BLOCKED_ADDRESS";
  readonly hostname: string;
  readonly address: string;

  constructor(hostname: string, address: string) {
    super(`the address ${address} of host ${hostname} is not public`);
    this.hostname = hostname;
    this.address = address;
  }
}

export function createAddressGuard(allowedSubnets: readonly Subnet[]): AddressGuard {
  const isAllowed = (address: string): boolean => {
    const parsed = parseAddress(address);
    return parsed !== undefined && (isPublic(parsed) || isWithin(parsed, allowedSubnets));
  };

  return {
    isAllowed,
    checkLiteral: (hostname) =>
      isIP(hostname) === 0 || isAllowed(hostname)
        ? undefined
        : new BlockedAddressError(hostname, hostname),
    lookup: (hostname, options, callback) => {
      resolve(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) return callback(error, []);
        const allowed = addresses.filter(({ address }) => isAllowed(address));
        const [first] = allowed;
        if (first === undefined) return callback(refusal(hostname, addresses), []);
        return options.all === true
          ? callback(null, allowed)
          : callback(null, first.address, first.family);
      });
    },
  };
}

/** ["10.0.0.0/8"] → subnets. Throws a RangeError that names the wrong part. */
export function parseSubnets(texts: readonly string[]): readonly Subnet[] {
  return texts.map((text) => {
    const subnet = text.trim();
    const isSubnet =
      ipaddr.IPv4.isValidCIDRFourPartDecimal(subnet) || ipaddr.IPv6.isValidCIDR(subnet);
    if (!isSubnet) {
      throw new RangeError(`"${subnet}" is not a subnet such as 10.0.0.0/8 or fd00::/8`);
    }
    return ipaddr.parseCIDR(subnet);
  });
}

function parseAddress(address: string): IPv4 | IPv6 | undefined {
  return ipaddr.isValid(address) ? ipaddr.parse(address) : undefined;
}

function isPublic(address: IPv4 | IPv6): boolean {
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || isWithin(address, [GLOBAL_UNICAST_V6]);
}

/** An IPv4 address that is mapped into IPv6 is in the subnets of both its forms. */
function isWithin(address: IPv4 | IPv6, subnets: readonly Subnet[]): boolean {
  const forms = [address, ipaddr.process(address.toString())];
  return subnets.some(([network, bits]) =>
    forms.some((form) => form.kind() === network.kind() && form.match(network, bits)),
  );
}

function refusal(hostname: string, addresses: readonly LookupAddress[]): Error {
  return new BlockedAddressError(hostname, addresses[0]?.address ?? "none");
}
