import { DeliverySection } from "./delivery-section.tsx";
import { EgressSection } from "./egress-section.tsx";
import { FormatSection } from "./format-section.tsx";
import { HeadersSection } from "./headers-section.tsx";
import { RetrySection } from "./retry-section.tsx";

/** What most endpoints do without. */
export function Advanced() {
  return (
    <>
      <DeliverySection />
      <RetrySection />
      <HeadersSection />
      <FormatSection />
      <EgressSection />
    </>
  );
}
